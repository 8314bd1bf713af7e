package io.guildhall.query.invitation;

import java.util.UUID;

/** Finds an invitation of an organization. Answered by an {@link InvitationView} or null. */
public record FindInvitation(UUID organization, UUID invitation) {}
