package io.guildhall.domain.invitation.events;

import java.util.UUID;

/** R13. */
public record InvitationDeclined(UUID organization, UUID invitation, UUID account) implements InvitationEvent {}
