package io.guildhall.query.token;

import java.util.UUID;

/** Finds an API token that is not revoked. Answered by a {@link TokenView} or null. */
public record FindToken(UUID organization, UUID token) {}
