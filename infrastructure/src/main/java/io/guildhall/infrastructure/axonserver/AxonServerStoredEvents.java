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

/** The events of an Axon Server, as far as the read models show them; the processor projects later ones. */
public final class AxonServerStoredEvents implements GlobalEventReader {

    /** Nobody is kept from projecting for longer than it takes to read so many events. */
    private static final int CLOSE = 2_000;

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final AxonServerEventReader events;
    private final SegmentTokenStore segments;
    private final TrailNumbering numbering;
    private final DataSource dataSource;
    private final Supplier<SegmentedEventProcessor> processor;

    /** @param processor is there once the service has started */
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

    /** Keeps all nodes from projecting instead of appending, and first brings all segments to one position. */
    @Override
    public <R> R withAppendsBlocked(LongFunction<R> work) {
        try (Connection gate = dataSource.getConnection()) {
            while (true) {
                execute(gate, "select pg_advisory_lock(" + SegmentTokenStore.GATE + ")");
                try {
                    List<Long> positions = segments.positions();
                    if (positions.isEmpty()) {
                        return work.apply(0);
                    }
                    long highest = Collections.max(positions);
                    if (highest - Collections.min(positions) <= CLOSE) {
                        level(positions, highest);
                        return work.apply(highest);
                    }
                } finally {
                    execute(gate, "select pg_advisory_unlock(" + SegmentTokenStore.GATE + ")");
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("The read models cannot be held", e);
        }
    }

    private void level(List<Long> positions, long to) {
        List<TrackedEventMessage<?>> missing = events.read(Collections.min(positions), to, CLOSE).stream()
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
