package io.guildhall.query.token;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Of one organization, newest first; revoked ones are not listed. Answered by a {@link TokenPage}. */
public record ListTokens(
        UUID organization,
        @Nullable String type,
        @Nullable String name,
        @Nullable UUID user,
        long limit,
        long offset) {}
