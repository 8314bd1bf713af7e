package io.guildhall.infrastructure.axonserver;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.infrastructure.projection.TrailSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Numbers the events of an Axon Server in their trails. The transaction that projects an event first assigns the number and keeps it in
 * the table {@code trail_events}, so a rebuild finds the same numbers. Events of one trail are projected in the order of the server, by
 * one process at a time; their numbers follow that order without a gap.
 */
public final class TrailNumbering {

    private static final String FIND = "select event, sequence from trail_events where event = any(?::uuid[])";

    /** The row of a trail stays locked until the transaction ends. Rows are locked in ascending order. */
    private static final String TAKE = """
            insert into trails (trail, last)
            select trail, count(*) from unnest(?::uuid[]) e (trail) group by trail order by trail
            on conflict (trail) do update set last = trails.last + excluded.last
            returning trail, last
            """;

    private static final String KEEP =
            "insert into trail_events (trail, sequence, event, stream, stream_sequence) values (?, ?, ?, ?, ?)";

    private final JdbcTemplate jdbc;

    public TrailNumbering(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the transaction that projects the events: each event with its number, which is assigned where there is none yet.
     *
     * @param events in the order of the server. An event that is in no trail is returned as it is.
     */
    public List<DomainEventMessage<?>> assign(List<? extends DomainEventMessage<?>> events) {
        Map<String, Long> numbers = find(events);
        List<DomainEventMessage<?>> unnumbered = new ArrayList<>();
        for (DomainEventMessage<?> event : events) {
            if (DomainEvent.trailOf(event) != null && !numbers.containsKey(event.getIdentifier())) {
                unnumbered.add(event);
            }
        }
        if (!unnumbered.isEmpty()) {
            numbers.putAll(take(unnumbered));
        }
        return events.stream()
                .<DomainEventMessage<?>>map(event -> numbered(event, numbers))
                .toList();
    }

    /**
     * Each event with the number that it was assigned when it was projected.
     *
     * @throws IllegalStateException for an event that was never projected
     */
    List<DomainEventMessage<?>> recall(List<? extends DomainEventMessage<?>> events) {
        Map<String, Long> numbers = find(events);
        return events.stream()
                .<DomainEventMessage<?>>map(event -> numbered(event, numbers))
                .toList();
    }

    private static DomainEventMessage<?> numbered(DomainEventMessage<?> event, Map<String, Long> numbers) {
        if (DomainEvent.trailOf(event) == null) {
            return event;
        }
        Long number = numbers.get(event.getIdentifier());
        if (number == null) {
            throw new IllegalStateException("Event %s has no number in its trail.".formatted(event.getIdentifier()));
        }
        return TrailSequence.assigned(event, number);
    }

    private Map<String, Long> find(List<? extends DomainEventMessage<?>> events) {
        String[] ids = events.stream().map(DomainEventMessage::getIdentifier).toArray(String[]::new);
        Map<String, Long> found = new HashMap<>();
        jdbc.query(
                FIND,
                row -> {
                    found.put(row.getString(1), row.getLong(2));
                },
                (Object) ids);
        return found;
    }

    private Map<String, Long> take(List<DomainEventMessage<?>> events) {
        String[] trails = events.stream()
                .map(event -> String.valueOf(DomainEvent.trailOf(event)))
                .toArray(String[]::new);
        Map<String, Long> last = new HashMap<>();
        jdbc.query(
                TAKE,
                row -> {
                    last.put(row.getString(1), row.getLong(2));
                },
                (Object) trails);
        Map<String, Long> taken = new HashMap<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (DomainEventMessage<?> event : events.reversed()) {
            String trail = String.valueOf(DomainEvent.trailOf(event));
            long number = last.merge(trail, -1L, Long::sum) + 1;
            taken.put(event.getIdentifier(), number);
            rows.add(new Object[] {
                UUID.fromString(trail),
                number,
                UUID.fromString(event.getIdentifier()),
                event.getAggregateIdentifier(),
                event.getSequenceNumber()
            });
        }
        jdbc.batchUpdate(KEEP, rows);
        return taken;
    }
}
