package io.guildhall.domain.token.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * R18. Only the hash of the value is kept; {@code type} is USER or ORGANIZATION.
 *
 * @param scopes what alone the token is good for; null when it is good for everything, as all were at first
 * @param parentToken the API token that it was made with, directly or through a session, and dies with; or null
 * @param parentSession the bound session that it was made with and dies with, or null
 */
public record TokenIssued(
        UUID organization,
        UUID token,
        UUID account,
        String type,
        String name,
        String description,
        String tokenHash,
        @Nullable Instant expiresAt,
        @Nullable List<String> scopes,
        @Nullable UUID parentToken,
        @Nullable UUID parentSession)
        implements TokenEvent {}
