package io.guildhall.query.invitation;

import java.util.UUID;

/** One invitation. */
public record Lapsed(UUID organization, UUID invitation) {}
