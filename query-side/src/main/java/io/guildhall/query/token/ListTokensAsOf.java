package io.guildhall.query.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists the API tokens that an organization had at a moment, inclusive, with their names, descriptions and states then,
 * newest first. The last use is absent if the token was used again later. Answered by a {@link TokenPage}.
 */
public record ListTokensAsOf(
        UUID organization,
        @Nullable String type,
        @Nullable String name,
        @Nullable UUID user,
        Instant asOf,
        long limit,
        long offset) {}
