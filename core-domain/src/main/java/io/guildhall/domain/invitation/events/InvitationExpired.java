package io.guildhall.domain.invitation.events;

import java.util.UUID;

/** R11. */
public record InvitationExpired(UUID organization, UUID invitation) implements InvitationEvent {}
