package io.guildhall.cli.events;

import io.guildhall.infrastructure.axonserver.SegmentTokenStore;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves the events from one store to the other. The read models stay: they show the same events. */
final class EventStoreMigration {

    private final EventArchive postgres;
    private final EventArchive server;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final SegmentTokenStore segments;
    private final Consumer<String> progress;

    EventStoreMigration(
            EventArchive postgres,
            EventArchive server,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            SegmentTokenStore segments,
            Consumer<String> progress) {
        this.postgres = postgres;
        this.server = server;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.segments = segments;
        this.progress = progress;
    }

    /**
     * @param ownName the application name of this process's connections
     * @return the number of events
     * @throws IllegalStateException when the service runs, there are dead letters, the events are in the server already, or the
     *     server has other events
     */
    long toServer(String ownName) {
        requireAlone(ownName);
        requireNoDeadLetters();
        if (!segments.positions().isEmpty()) {
            throw new IllegalStateException("The events of this database are in an Axon Server already.");
        }
        long moved = new EventCopier(postgres, server, progress).copy();
        requireAlone(ownName);
        jdbc.update("""
                insert into trail_events (trail, sequence, event, stream, stream_sequence)
                select trail, trail_sequence, event_id, stream, sequence from events where trail is not null
                on conflict do nothing
                """);
        segments.begin(transaction, moved, moved);
        return moved;
    }

    /**
     * @param ownName the application name of this process's connections
     * @return the number of events
     * @throws IllegalStateException when the service runs, there are dead letters, the events are in PostgreSQL already, PostgreSQL
     *     has other events, or the read models do not show all events
     */
    long toPostgres(String ownName) {
        requireAlone(ownName);
        requireNoDeadLetters();
        List<Long> shown = segments.positions();
        if (shown.isEmpty()) {
            throw new IllegalStateException("The events of this database are in PostgreSQL already.");
        }
        if (Collections.min(shown) != server.count()) {
            throw new IllegalStateException(
                    "The read models show %d of %d events: start the service once more, and let it catch up."
                            .formatted(Collections.min(shown), server.count()));
        }
        long moved = new EventCopier(server, postgres, progress).copy();
        requireAlone(ownName);
        transaction.executeWithoutResult(status -> segments.end());
        jdbc.execute("truncate table trail_events");
        return moved;
    }

    /** A dead letter holds the position of its event, which differs between the stores. */
    private void requireNoDeadLetters() {
        if (Boolean.TRUE.equals(jdbc.queryForObject("select exists (select from dead_letters)", Boolean.class))) {
            throw new IllegalStateException(
                    "There are dead letters. Start the service, and retry or discard them (guildhall dead-letters).");
        }
    }

    /** Connections of the service have the driver's default application name. */
    private void requireAlone(String ownName) {
        Long others = jdbc.queryForObject("""
                select count(*) from pg_stat_activity
                where datname = current_database() and backend_type = 'client backend'
                  and application_name like '%JDBC%' and application_name <> ?
                """, Long.class, ownName);
        if (others != null && others > 0) {
            throw new IllegalStateException(
                    "The service is running on this database. Stop all of its processes first.");
        }
    }
}
