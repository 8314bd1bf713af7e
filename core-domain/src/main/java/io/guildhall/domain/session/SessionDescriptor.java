package io.guildhall.domain.session;

import io.guildhall.domain.shared.SessionOrigin;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of a new session.
 *
 * @param validity maximum lifetime
 * @param origin where it was requested, or null if unknown; encrypted before it is stored
 */
public record SessionDescriptor(
        UUID id,
        String tokenHash,
        Duration validity,
        @Nullable SessionOrigin origin) {}
