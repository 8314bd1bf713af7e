package io.guildhall.query.token;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Credential} of the published contract; the value is never in it. {@code status} is ACTIVE, DEACTIVATED or EXPIRED.
 *
 * @param scopes what alone it is good for; null for everything
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
