package io.guildhall.domain.session;

import io.guildhall.domain.shared.SessionOrigin;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session is made of.
 *
 * @param validity how long it lives at most
 * @param origin where it was asked for, or null where that is not known; encrypted before it is stored
 */
public record SessionDescriptor(
        UUID id,
        String tokenHash,
        Duration validity,
        @Nullable SessionOrigin origin) {}
