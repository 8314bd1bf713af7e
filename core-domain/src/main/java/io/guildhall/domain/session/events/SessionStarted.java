package io.guildhall.domain.session.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** R3, R7. {@code via} is the API token that the session was made with and dies with; {@code cause} is LOGIN, SIGN_UP, SWITCH, UNSCOPE, REFRESH, FRESH or ACCESS_TOKEN. */
public record SessionStarted(
        UUID account,
        UUID session,
        String tokenHash,
        @Nullable UUID organization,
        @Nullable UUID via,
        String cause,
        @Nullable String sealedAddress,
        Instant startedAt,
        Instant expiresAt)
        implements SessionEvent {}
