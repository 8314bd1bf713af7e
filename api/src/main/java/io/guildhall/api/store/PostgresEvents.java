package io.guildhall.api.store;

import io.guildhall.query.deadletter.Care;
import io.guildhall.query.deadletter.DeadLetters;
import io.guildhall.query.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Axon's JDBC event storage over the table {@code events}, with an append of its own: one statement for all events of a unit
 * of work, that tells the position it reached, and that calls a lost race by its name.
 */
public class PostgresEvents extends JdbcEventStorageEngine {

    private static final String TABLE = "events";
    private static final String DUPLICATE_KEY = "23505";

    /** What PostgreSQL says when two transactions wait for each other, or cannot be put in an order: try again. */
    private static final Set<String> LOST_RACE = Set.of("40001", "40P01");

    /** Whether something of this stream waits to be projected: then what is appended now must wait behind it. */
    private static final String WAITING = DeadLetters.WAITING.formatted("events.stream");

    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Rows rows;

    private PostgresEvents(Builder builder, Rows rows) {
        super(builder);
        this.rows = rows;
    }

    public static PostgresEvents over(
            ConnectionProvider connections, TransactionManager transactions, Serializer serializer, Rows rows) {
        Builder builder = builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .dataType(String.class)
                .schema(EventSchema.builder()
                        .eventTable(TABLE)
                        .globalIndexColumn("position")
                        .eventIdentifierColumn("event_id")
                        .aggregateIdentifierColumn("stream")
                        .sequenceNumberColumn("sequence")
                        .typeColumn("stream_type")
                        .payloadTypeColumn("payload_type")
                        .payloadRevisionColumn("revision")
                        .payloadColumn("payload")
                        .metaDataColumn("metadata")
                        .timestampColumn("at")
                        .build())
                .persistenceExceptionResolver(PostgresEvents::isTaken);
        return new PostgresEvents(builder, rows);
    }

    /** With the rows of the read models, in one round trip: when this returns, they are collected and not yet sent. */
    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        String sql =
                "insert into events (event_id, stream, sequence, stream_type, payload_type, revision, payload, metadata, at)"
                        + " values " + String.join(", ", Collections.nCopies(events.size(), ROW))
                        + " returning position, " + WAITING;
        Object[] arguments = events.stream()
                .flatMap(event -> arguments((DomainEventMessage<?>) event, serializer))
                .toArray();
        rows.putFirst(sql, arguments, new Append(events.getFirst()));
    }

    private final class Append implements Rows.First {

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
                    Care.require();
                }
            }
            Position.reached(Appended.at(last));
        }

        @Override
        public @Nullable RuntimeException meaning(SQLException failure) {
            if (LOST_RACE.contains(failure.getSQLState())) {
                return new ConcurrencyException("Another append was in the way", failure);
            }
            if (!isTaken(failure)) {
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

    /** A place in a stream, and not a row of a read model. */
    private static boolean isTaken(Exception failure) {
        return failure instanceof PSQLException sql
                && DUPLICATE_KEY.equals(sql.getSQLState())
                && sql.getServerErrorMessage() != null
                && TABLE.equals(sql.getServerErrorMessage().getTable());
    }

    private static Stream<@Nullable Object> arguments(DomainEventMessage<?> event, Serializer serializer) {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        SerializedObject<String> metadata = event.serializeMetaData(serializer, String.class);
        return Stream.of(
                UUID.fromString(event.getIdentifier()),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getType(),
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                metadata.getData(),
                event.getTimestamp());
    }

    /** Aggregates are kept in memory by {@link KeptAggregates}; none is stored as a snapshot. */
    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return Stream.empty();
    }

    /** Microseconds, as they were appended; Axon's own format would cut them to milliseconds. */
    @Override
    protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
