package io.guildhall.query.invitation;

import java.util.UUID;

/** An invitation past its expiry without an event that says so. */
public record ExpiredInvitation(UUID organization, UUID invitation) {}
