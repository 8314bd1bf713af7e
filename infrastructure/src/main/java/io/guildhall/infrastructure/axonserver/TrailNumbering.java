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
 * Numbers the events of an Axon Server in their trails. The transaction that first projects an event assigns its number
 * and stores it in the table {@code trail_events}, so a rebuild reads the same numbers. Events of one trail are
 * projected in the server's order, by one node at a time; their numbers have no gaps.
 */
public final class TrailNumbering {

    private static final String FIND = "select event, sequence from trail_events where event = any(?::uuid[])";

    /**
     * Locks the row of each trail until the transaction ends, in ascending order, so that two transactions never
     * deadlock.
     */
    private static final String INCREMENT = """
            insert into trails (trail, last)
            select trail, count(*) from unnest(?::uuid[]) e (trail) group by trail order by trail
            on conflict (trail) do update set last = trails.last + excluded.last
            returning trail, last
            """;

    private static final String INSERT =
            "insert into trail_events (trail, sequence, event, stream, stream_sequence) values (?, ?, ?, ?, ?)";

    private final JdbcTemplate jdbc;

    public TrailNumbering(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns events with their numbers and assigns missing ones, in the transaction that projects them.
     *
     * @param events in the server's order; events without a trail are returned unchanged
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
            numbers.putAll(assignNew(unnumbered));
        }
        return events.stream()
                .<DomainEventMessage<?>>map(event -> numbered(event, numbers))
                .toList();
    }

    /**
     * Returns events with their stored numbers.
     *
     * @throws IllegalStateException if an event was never projected
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

    private Map<String, Long> assignNew(List<DomainEventMessage<?>> events) {
        String[] trails = events.stream()
                .map(event -> String.valueOf(DomainEvent.trailOf(event)))
                .toArray(String[]::new);
        Map<String, Long> last = new HashMap<>();
        jdbc.query(
                INCREMENT,
                row -> {
                    last.put(row.getString(1), row.getLong(2));
                },
                (Object) trails);
        Map<String, Long> assigned = new HashMap<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (DomainEventMessage<?> event : events.reversed()) {
            String trail = String.valueOf(DomainEvent.trailOf(event));
            long number = last.merge(trail, -1L, Long::sum) + 1;
            assigned.put(event.getIdentifier(), number);
            rows.add(new Object[] {
                UUID.fromString(trail),
                number,
                UUID.fromString(event.getIdentifier()),
                event.getAggregateIdentifier(),
                event.getSequenceNumber()
            });
        }
        jdbc.batchUpdate(INSERT, rows);
        return assigned;
    }
}
