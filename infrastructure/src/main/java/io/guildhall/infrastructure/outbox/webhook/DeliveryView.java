package io.guildhall.infrastructure.outbox.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one message to one webhook.
 *
 * @param messageId what the receiver was told as {@code webhook-id}, the same in each attempt
 * @param sequence the activity's place in the trail; null of a test
 * @param status WAITING, DELIVERED, FAILED (given up), or DROPPED (the activity is no longer to be had)
 * @param responseStatus of the last attempt; null when there was no answer
 * @param error a word for how the last attempt failed; null when it did not
 * @param nextAttemptAt null when there is none
 */
public record DeliveryView(
        String id,
        String messageId,
        String type,
        @Nullable Long sequence,
        String status,
        int attempts,
        @Nullable Integer responseStatus,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant nextAttemptAt) {}
