package io.guildhall.query.invitation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * R14: to a user, matched by its address or by having answered it. Answered by an {@link InvitationView} or null.
 *
 * @param link the invitation's link where it was followed, which stands for the validation of the address (R2); or null
 */
public record FindOwnInvitation(
        UUID user, UUID invitation, @Nullable UUID link) {}
