package io.guildhall.infrastructure.axonserver;

import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Reads the events of an Axon Server that are projected, for rebuilds. */
public final class AxonServerStoredEvents implements GlobalEventReader {

    /**
     * The most events that the segments may lag behind each other when projection is blocked; limits how long it is
     * blocked.
     */
    private static final int MAX_SEGMENT_LAG = 2_000;

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final AxonServerEventReader events;
    private final SegmentTokenStore segments;
    private final TrailNumbering numbering;
    private final DataSource dataSource;
    private final Supplier<SegmentedEventProcessor> processor;

    /** @param processor available once the service has started */
    public AxonServerStoredEvents(
            AxonServerEventReader events,
            SegmentTokenStore segments,
            TrailNumbering numbering,
            DataSource dataSource,
            Supplier<SegmentedEventProcessor> processor) {
        this.events = events;
        this.segments = segments;
        this.numbering = numbering;
        this.dataSource = dataSource;
        this.processor = processor;
    }

    @Override
    public List<PositionedEvent> read(long after, long upTo, int atMost) {
        List<PositionedEvent> read = events.readStored(after, upTo, atMost);
        List<DomainEventMessage<?>> numbered =
                numbering.recall(read.stream().map(PositionedEvent::event).toList());
        return IntStream.range(0, read.size())
                .mapToObj(i -> new PositionedEvent(read.get(i).position(), numbered.get(i)))
                .toList();
    }

    /** Blocks projection on all nodes instead of appends, and first brings all segments to one position. */
    @Override
    public <R> R withAppendsBlocked(LongFunction<R> work) {
        try (Connection connection = dataSource.getConnection()) {
            while (true) {
                execute(connection, "select pg_advisory_lock(" + SegmentTokenStore.PROJECTION_LOCK + ")");
                try {
                    List<Long> positions = segments.positions();
                    if (positions.isEmpty()) {
                        return work.apply(0);
                    }
                    long highest = Collections.max(positions);
                    if (highest - Collections.min(positions) <= MAX_SEGMENT_LAG) {
                        align(positions, highest);
                        return work.apply(highest);
                    }
                } finally {
                    execute(connection, "select pg_advisory_unlock(" + SegmentTokenStore.PROJECTION_LOCK + ")");
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot block projection", e);
        }
    }

    private void align(List<Long> positions, long to) {
        List<TrackedEventMessage<?>> missing = events.read(Collections.min(positions), to, MAX_SEGMENT_LAG).stream()
                .filter(event -> positions.get(Segments.of(event)) < Segments.position(event))
                .toList();
        if (!missing.isEmpty()) {
            try {
                processor.get().projectForOthers(missing, to);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
