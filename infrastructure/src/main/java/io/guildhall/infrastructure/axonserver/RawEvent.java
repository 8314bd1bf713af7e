package io.guildhall.infrastructure.axonserver;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as both stores keep it. Equal ones are the same event, whichever store they are read from.
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
