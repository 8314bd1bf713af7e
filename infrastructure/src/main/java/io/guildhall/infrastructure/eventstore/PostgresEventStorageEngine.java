package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Axon's JDBC event storage over the table {@code events}, with its own append: one statement for all events of a unit
 * of work, which returns the position and translates a lost race.
 */
public class PostgresEventStorageEngine extends JdbcEventStorageEngine {

    private static final String TABLE = "events";
    private static final String DUPLICATE_KEY = "23505";

    /** Whether the event's trail has dead letters: the event must then wait behind them. */
    private static final String HAS_DEAD_LETTERS =
            DeadLetterRepository.WAITING.formatted("coalesce(events.trail::text, events.stream)");

    /**
     * Increments the trails' last numbers. Locks each trail's row until the transaction ends, so numbers follow the
     * commit order without gaps. Rows are locked in ascending order, so that two appends never deadlock.
     */
    private static final String INCREMENT_TRAILS = """
            insert into trails (trail, last)
            select trail, count(*) from unnest(?::uuid[]) e (trail) where trail is not null group by trail order by trail
            on conflict (trail) do update set last = trails.last + excluded.last;
            """;

    /**
     * Inserts any number of events with one array per column: a statement has at most 65,535 parameters. Separate from
     * {@link #INCREMENT_TRAILS}, because a statement does not see rows that were committed while it waited for a lock.
     */
    private static final String APPEND = INCREMENT_TRAILS + """
            insert into events (event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail, trail_sequence)
            select event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail,
                   (select last from trails where trails.trail = e.trail) - following
            from unnest(
                ?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::uuid[],
                ?::bigint[])
                with ordinality e (
                    event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail, following, n)
            order by n
            returning position, %s""".formatted(HAS_DEAD_LETTERS);

    /** Larger appends buffer read model rows and write them in bulk. */
    private static final int MAX_EVENTS_UNBUFFERED = 32;

    private static final String READ_SNAPSHOT = """
            select stream_type, sequence, snapshot_id, payload_type, revision, payload, at from snapshots where stream = ?
            """;

    /** Never replaces a newer snapshot by an older one. A snapshot lost in a crash is created again later. */
    private static final String STORE_SNAPSHOT = """
            insert into snapshots (stream, stream_type, sequence, snapshot_id, payload_type, revision, payload, at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (stream) do update set
                sequence = excluded.sequence, snapshot_id = excluded.snapshot_id, payload_type = excluded.payload_type,
                revision = excluded.revision, payload = excluded.payload, at = excluded.at
            where snapshots.sequence <= excluded.sequence
            """;

    private static final String NO_METADATA = "{}";

    private final JdbcTemplate jdbc;
    private final ProjectionWriter writer;

    private PostgresEventStorageEngine(Builder builder, JdbcTemplate jdbc, ProjectionWriter writer) {
        super(builder);
        this.jdbc = jdbc;
        this.writer = writer;
    }

    public static PostgresEventStorageEngine over(
            DataSource dataSource,
            TransactionManager transactions,
            Serializer serializer,
            EventUpcaster upcasters,
            ProjectionWriter writer) {
        Builder builder = builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .upcasterChain(upcasters)
                .snapshotSerializer(serializer)
                .snapshotFilter(SnapshotRevisions.FILTER)
                .dataType(String.class)
                .schema(EventSchema.builder()
                        .eventTable(TABLE)
                        .globalIndexColumn("position")
                        .eventIdentifierColumn("event_id")
                        .aggregateIdentifierColumn("stream")
                        .sequenceNumberColumn("sequence")
                        .typeColumn("stream_type")
                        .payloadTypeColumn("event_type")
                        .payloadRevisionColumn("event_version")
                        .payloadColumn("payload")
                        .metaDataColumn("metadata")
                        .timestampColumn("occurred_at")
                        .build())
                .persistenceExceptionResolver(PostgresEventStorageEngine::isDuplicateEvent);
        return new PostgresEventStorageEngine(builder, new JdbcTemplate(dataSource), writer);
    }

    /** Adds the append to the statements of the read models, which are sent together in one round trip at commit. */
    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        writer.putFirst(APPEND, arguments(events, serializer), new Append(events.getFirst()));
        if (events.size() > MAX_EVENTS_UNBUFFERED && !DeadLetterMode.isActive()) {
            writer.gather();
        }
    }

    private final class Append implements ProjectionWriter.First {

        private final EventMessage<?> event;

        Append(EventMessage<?> event) {
            this.event = event;
        }

        @Override
        public void returned(ResultSet positions) throws SQLException {
            long last = 0;
            while (positions.next()) {
                last = Math.max(last, positions.getLong(1));
                if (positions.getBoolean(2)) {
                    DeadLetterMode.requireActive();
                }
            }
            AppendResult.at(last).record();
        }

        @Override
        public @Nullable RuntimeException meaning(SQLException failure) {
            if (!isDuplicateEvent(failure)) {
                return null;
            }
            try {
                handlePersistenceException(failure, event);
            } catch (RuntimeException meaning) {
                return meaning;
            }
            return null;
        }
    }

    /** Whether a unique key of the table {@code events} was violated, not one of a read model. */
    private static boolean isDuplicateEvent(Exception failure) {
        return failure instanceof PSQLException sql
                && DUPLICATE_KEY.equals(sql.getSQLState())
                && sql.getServerErrorMessage() != null
                && TABLE.equals(sql.getServerErrorMessage().getTable());
    }

    /** The arguments of {@link #APPEND}. The last array counts the later events of the same trail. */
    private static Object[] arguments(List<? extends EventMessage<?>> events, Serializer serializer) {
        int count = events.size();
        var ids = new String[count];
        var streams = new String[count];
        var sequences = new Long[count];
        var streamTypes = new String[count];
        var payloadTypes = new String[count];
        @Nullable String[] revisions = new String[count];
        var payloads = new String[count];
        var metadata = new String[count];
        var times = new String[count];
        @Nullable String[] trails = new String[count];
        var following = new Long[count];
        Map<UUID, Long> ofTrail = new HashMap<>();
        for (int i = count - 1; i >= 0; i--) {
            var event = (DomainEventMessage<?>) events.get(i);
            SerializedObject<String> payload = event.serializePayload(serializer, String.class);
            ids[i] = event.getIdentifier();
            streams[i] = event.getAggregateIdentifier();
            sequences[i] = event.getSequenceNumber();
            streamTypes[i] = event.getType();
            payloadTypes[i] = payload.getType().getName();
            revisions[i] = payload.getType().getRevision();
            payloads[i] = payload.getData();
            metadata[i] = event.serializeMetaData(serializer, String.class).getData();
            times[i] = event.getTimestamp().toString();
            UUID trail = DomainEvent.trailOf(event);
            if (trail != null) {
                trails[i] = trail.toString();
                following[i] = ofTrail.merge(trail, 1L, Long::sum) - 1;
            }
        }
        return new Object[] {
            trails,
            ids,
            streams,
            sequences,
            streamTypes,
            payloadTypes,
            revisions,
            payloads,
            metadata,
            times,
            trails,
            following
        };
    }

    /** Deserializes the snapshot here: if that fails, the event store reads the whole stream. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        Optional<DomainEventMessage<?>> snapshot = super.readSnapshot(stream);
        snapshot.ifPresent(DomainEventMessage::getPayload);
        return snapshot;
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String stream) {
        return jdbc
                .query(
                        READ_SNAPSHOT,
                        (row, n) -> new GenericDomainEventEntry<>(
                                row.getString(1),
                                stream,
                                row.getLong(2),
                                row.getString(3),
                                row.getObject(7, OffsetDateTime.class).toInstant(),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                NO_METADATA),
                        stream)
                .stream();
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        SerializedObject<String> payload = snapshot.serializePayload(serializer, String.class);
        jdbc.execute("set local synchronous_commit = off");
        jdbc.update(
                STORE_SNAPSHOT,
                snapshot.getAggregateIdentifier(),
                snapshot.getType(),
                snapshot.getSequenceNumber(),
                UUID.fromString(snapshot.getIdentifier()),
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                snapshot.getTimestamp().atOffset(ZoneOffset.UTC));
    }

    /** Keeps microseconds; Axon's own format would truncate to milliseconds. */
    @Override
    protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
