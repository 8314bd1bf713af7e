package io.guildhall.domain.session;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session is made of: the hash of its token, how long it lives at most, and the network address that it was asked from,
 * which is encrypted before it is stored.
 */
public record SessionDescriptor(
        UUID id,
        String tokenHash,
        Duration validity,
        @Nullable String address) {}
