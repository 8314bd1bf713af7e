package io.guildhall.domain.token.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** R18. Only the hash of the value is kept; {@code type} is USER or ORGANIZATION. */
public record TokenIssued(
        UUID organization,
        UUID token,
        UUID account,
        String type,
        String name,
        String description,
        String tokenHash,
        @Nullable Instant expiresAt)
        implements TokenEvent {}
