package io.guildhall.domain.invitation.events;

import java.util.UUID;

/** R13. */
public record InvitationAccepted(UUID organization, UUID invitation, UUID account) implements InvitationEvent {}
