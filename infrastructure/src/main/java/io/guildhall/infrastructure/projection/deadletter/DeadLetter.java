package io.guildhall.infrastructure.projection.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a processing group has not handled. Contains no payload.
 *
 * @param projection the processing group: a projection or another event handler, such as mails
 * @param trail the id of the organization or user
 * @param event the event type
 * @param reason why it failed; null if it waits behind another event of the same group and trail
 * @param attempts the number of retries by operators
 * @param parked when it became a dead letter
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
