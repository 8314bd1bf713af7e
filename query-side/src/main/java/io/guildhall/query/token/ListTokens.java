package io.guildhall.query.token;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists API tokens of an organization, newest first, without revoked ones. Answered by a {@link TokenPage}. */
public record ListTokens(
        UUID organization,
        @Nullable String type,
        @Nullable String name,
        @Nullable UUID user,
        long limit,
        long offset) {}
