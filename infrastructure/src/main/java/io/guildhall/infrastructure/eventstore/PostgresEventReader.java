package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.EventTypes;
import io.guildhall.infrastructure.datasource.DatabaseFailures;
import io.guildhall.infrastructure.projection.TrailSequence;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the table {@code events} in global order. */
public class PostgresEventReader implements GlobalEventReader {

    private static final String READ = """
            select position, event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail_sequence
            from events where position > ? and position <= ? order by position limit ?
            """;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final JdbcTemplate jdbc;
    private final DataSource dataSource;
    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public PostgresEventReader(
            JdbcTemplate jdbc, DataSource dataSource, Serializer serializer, EventUpcaster upcasters) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    @Override
    public List<PositionedEvent> read(long after, long upTo, int atMost) {
        return jdbc.query(READ, (row, n) -> new PositionedEvent(row.getLong(1), event(row)), after, upTo, atMost);
    }

    /** Skips the upcasters for events of the current version, which are most events of a rebuild. */
    private DomainEventMessage<?> event(ResultSet row) throws SQLException {
        if (!EventTypes.isCurrent(row.getString(6), row.getString(7))) {
            return upcast(row);
        }
        var event = new GenericDomainEventMessage<>(
                row.getString(5),
                row.getString(3),
                row.getLong(4),
                new SerializedMessage<>(
                        row.getString(2),
                        new SimpleSerializedObject<>(
                                row.getString(8),
                                String.class,
                                new SimpleSerializedType(row.getString(6), row.getString(7))),
                        new SerializedMetaData<>(row.getString(9), String.class),
                        serializer),
                row.getObject(10, OffsetDateTime.class).toInstant());
        Long trailSequence = row.getObject(11, Long.class);
        return trailSequence == null ? event : TrailSequence.assigned(event, trailSequence);
    }

    private DomainEventMessage<?> upcast(ResultSet row) throws SQLException {
        var stored = new GenericDomainEventEntry<>(
                row.getString(5),
                row.getString(3),
                row.getLong(4),
                row.getString(2),
                row.getObject(10, OffsetDateTime.class).toInstant().toString(),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
        return EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(stored), serializer, upcasters)
                .next();
    }

    /**
     * Locks the table, which appends lock until they commit: then no append is running. A waiting lock also delays the
     * appends behind it, so the lock is tried for 50 ms at a time; a vacuum could hold it up for seconds.
     */
    @Override
    public <R> R withAppendsBlocked(LongFunction<R> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                lock(connection, statement);
                try (ResultSet last = statement.executeQuery("select coalesce(max(position), 0) from events")) {
                    last.next();
                    return work.apply(last.getLong(1));
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot block appends", e);
        }
    }

    private static void lock(Connection connection, Statement statement) throws SQLException {
        while (true) {
            try {
                statement.execute("set local lock_timeout = '50ms'");
                statement.execute("lock table events in share mode");
                statement.execute("set local lock_timeout = default");
                return;
            } catch (SQLException held) {
                if (!DatabaseFailures.isLockTimeout(held)) {
                    throw held;
                }
                connection.rollback();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
