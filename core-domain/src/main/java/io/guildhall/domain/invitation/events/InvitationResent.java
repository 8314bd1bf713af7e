package io.guildhall.domain.invitation.events;

import java.time.Instant;
import java.util.UUID;

/** R12. {@code link} replaces the one before. */
public record InvitationResent(UUID organization, UUID invitation, UUID link, Instant expiresAt)
        implements InvitationEvent {}
