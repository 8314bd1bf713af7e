package io.guildhall.query.invitation;

import java.util.UUID;

/** One invitation. */
public record ExpiredInvitation(UUID organization, UUID invitation) {}
