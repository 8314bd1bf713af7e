package io.guildhall.query.token;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Credential} of the published contract, without the token's value.
 *
 * @param status ACTIVE, DEACTIVATED or EXPIRED
 * @param scopes what the token is limited to; null for no limit
 */
public record TokenView(
        String id,
        String type,
        String name,
        String description,
        String userId,
        String organizationId,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        String status,
        @Nullable List<String> scopes) {}
