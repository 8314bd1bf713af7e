package io.guildhall.domain.session;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session is made of: the hash of its token, how long it lives, and the network address it was asked from (sealed
 * before it is stored, R20).
 */
public record NewSession(
        UUID id,
        String tokenHash,
        Duration validity,
        @Nullable String address) {}
