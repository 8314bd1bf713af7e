package io.guildhall.query;

import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Trails in a modifiable list, to simulate tampering. */
public final class TrailInMemory implements TrailEvents {

    public final List<TrailEvent> events = new ArrayList<>();

    /** Appends events to a trail. */
    public void grow(UUID organization, int count) {
        long size = events.stream()
                .filter(event -> event.organization().equals(organization))
                .count();
        for (long sequence = size + 1; sequence <= size + count; sequence++) {
            events.add(event(organization, sequence, "{\"n\":" + sequence + "}"));
        }
    }

    public static TrailEvent event(UUID organization, long sequence, String payload) {
        return new TrailEvent(
                new UUID(organization.getMostSignificantBits(), sequence),
                organization,
                sequence,
                Instant.parse("2026-03-01T12:00:00.123456Z").plusSeconds(sequence),
                "Organization",
                organization.toString(),
                sequence - 1,
                "Happened",
                null,
                "{\"actorType\":\"SYSTEM\"}",
                payload);
    }

    @Override
    public List<TrailEvent> read(UUID organization, long from, int atMost) {
        return events.stream()
                .filter(event -> event.organization().equals(organization) && event.sequence() >= from)
                .sorted((one, other) -> Long.compare(one.sequence(), other.sequence()))
                .limit(atMost)
                .toList();
    }

    @Override
    public List<TrailEvent> read(UUID organization, List<Long> sequences) {
        return read(organization, 0, Integer.MAX_VALUE).stream()
                .filter(event -> sequences.contains(event.sequence()))
                .toList();
    }

    @Override
    public TrailEvent find(UUID organization, UUID event) {
        return events.stream()
                .filter(it -> it.organization().equals(organization) && it.id().equals(event))
                .findAny()
                .orElse(null);
    }
}
