package io.guildhall.cli.events;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as both stores hold it. Events from different stores are equal when they are the same event.
 *
 * @param trail null for an event of a claim
 */
record RawEvent(
        String id,
        String stream,
        long sequence,
        String streamType,
        String type,
        @Nullable String revision,
        String payload,
        Map<String, String> metadata,
        @Nullable String trail,
        Instant at) {}
