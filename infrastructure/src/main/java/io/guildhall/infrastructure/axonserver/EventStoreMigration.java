package io.guildhall.infrastructure.axonserver;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves a database from one event store to the other. Its read models stay as they are: they show the same events. */
public final class EventStoreMigration {

    private final EventArchive postgres;
    private final EventArchive server;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final SegmentTokenStore segments;
    private final Consumer<String> progress;

    public EventStoreMigration(
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
     * @param ownName what this process calls itself to the database
     * @return how many events there are
     * @throws IllegalStateException when the service runs, something waits to be projected, the events have moved before, or the
     *     server has others
     */
    public long toServer(String ownName) {
        requireAlone(ownName);
        requireNothingWaits();
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
     * @param ownName what this process calls itself to the database
     * @return how many events there are
     * @throws IllegalStateException when the service runs, the events are in PostgreSQL already or other ones, something waits to
     *     be projected, or the read models do not show all of them
     */
    public long toPostgres(String ownName) {
        requireAlone(ownName);
        requireNothingWaits();
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

    /** What waits is known by its position, which is another one in the other store. */
    private void requireNothingWaits() {
        if (Boolean.TRUE.equals(jdbc.queryForObject("select exists (select from dead_letters)", Boolean.class))) {
            throw new IllegalStateException(
                    "There are dead letters. Start the service, and have them projected or discarded (guildhall dead-letters).");
        }
    }

    /** The service calls itself what the driver does. */
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
