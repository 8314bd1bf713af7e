package io.guildhall.query.token;

import java.util.UUID;

/** Finds a revoked API token. Answered by a {@link TokenView} or null. */
public record FindRevokedToken(UUID organization, UUID token) {}
