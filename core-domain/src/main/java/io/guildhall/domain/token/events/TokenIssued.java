package io.guildhall.domain.token.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new API token (R18). Only the hash of the value is kept.
 *
 * @param type USER or ORGANIZATION
 * @param sealedName people write it, so it is encrypted under the organization's key, as is the description
 * @param scopes what alone the token is good for; null when it is good for everything, as all were at first
 * @param parentToken the API token that it was made with, directly or through a session, and dies with; or null
 * @param parentSession the bound session that it was made with and dies with, or null
 */
public record TokenIssued(
        UUID organization,
        UUID token,
        UUID account,
        String type,
        @Nullable String sealedName,
        @Nullable String sealedDescription,
        String tokenHash,
        @Nullable Instant expiresAt,
        @Nullable List<String> scopes,
        @Nullable UUID parentToken,
        @Nullable UUID parentSession)
        implements TokenEvent {}
