package io.guildhall.query.invitation;

import java.util.UUID;

/** R14: to an account, matched by its address or by having answered it. Answered by an {@link InvitationView} or null. */
public record FindOwnInvitation(UUID account, UUID invitation) {}
