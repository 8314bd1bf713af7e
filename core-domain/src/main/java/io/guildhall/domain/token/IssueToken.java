package io.guildhall.domain.token;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * R18. {@code account} is who makes it. Silence when it is issued already.
 *
 * @param scopes what alone it is to be good for; null for everything
 */
public record IssueToken(
        @RoutingKey UUID organization,
        UUID token,
        UUID account,
        String type,
        String name,
        String description,
        String tokenHash,
        @Nullable Instant expiresAt,
        @Nullable List<String> scopes) {}
