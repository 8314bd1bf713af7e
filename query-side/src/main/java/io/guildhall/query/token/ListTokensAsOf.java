package io.guildhall.query.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Those that one organization had at a moment, with the names, descriptions and states of then, newest first; what happened at
 * that very moment had happened. The last use is unknown where the token was used again since. Answered by a {@link TokenPage}.
 */
public record ListTokensAsOf(
        UUID organization,
        @Nullable String type,
        @Nullable String name,
        @Nullable UUID user,
        Instant asOf,
        long limit,
        long offset) {}
