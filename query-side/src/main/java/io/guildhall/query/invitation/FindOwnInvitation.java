package io.guildhall.query.invitation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds an invitation to a user: sent to the user's address or answered by the user (R14: an invited person sees
 * invitations to the own address). Answered by an {@link InvitationView} or null.
 *
 * @param link the followed invitation link, which validates the address (R2: following the mailed link validates it);
 *     null if none was followed
 */
public record FindOwnInvitation(
        UUID user, UUID invitation, @Nullable UUID link) {}
