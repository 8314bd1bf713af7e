package io.guildhall.infrastructure.projection.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits to be projected. Where and why, and nothing of what it says.
 *
 * @param projection or what else has handlers of its own, such as mails
 * @param trail the id of the organization or user
 * @param event its type
 * @param reason null for one that waits behind another of the same projection and trail
 * @param attempts by operators, since it was parked
 */
public record DeadLetter(
        UUID id,
        String projection,
        String trail,
        long position,
        long sequence,
        String event,
        Instant at,
        @Nullable String reason,
        int attempts,
        Instant parked) {}
