package io.guildhall.api.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

/**
 * Axon's JDBC event storage over the table {@code events}, with an append of its own: one statement for all events of a unit
 * of work, that tells the position it reached, and that calls a lost race by its name.
 */
public class PostgresEvents extends JdbcEventStorageEngine {

    private static final String DUPLICATE_KEY = "23505";

    /** What PostgreSQL says when two transactions wait for each other, or cannot be put in an order: try again. */
    private static final Set<String> LOST_RACE = Set.of("40001", "40P01");

    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private PostgresEvents(Builder builder) {
        super(builder);
    }

    public static PostgresEvents over(
            ConnectionProvider connections, TransactionManager transactions, Serializer serializer) {
        Builder builder = builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .dataType(String.class)
                .schema(EventSchema.builder()
                        .eventTable("events")
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
                .persistenceExceptionResolver(
                        failure -> failure instanceof SQLException sql && DUPLICATE_KEY.equals(sql.getSQLState()));
        return new PostgresEvents(builder);
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        String sql =
                "insert into events (event_id, stream, sequence, stream_type, payload_type, revision, payload, metadata, at)"
                        + " values " + String.join(", ", Collections.nCopies(events.size(), ROW))
                        + " returning position";
        // Closing hands the connection back to the transaction that it belongs to.
        try (Connection connection = getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 0;
            for (EventMessage<?> event : events) {
                index = bind(statement, index, (DomainEventMessage<?>) event, serializer);
            }
            try (ResultSet positions = statement.executeQuery()) {
                long last = 0;
                while (positions.next()) {
                    last = Math.max(last, positions.getLong(1));
                }
                Position.reached(last);
            }
        } catch (SQLException failure) {
            if (LOST_RACE.contains(failure.getSQLState())) {
                throw new ConcurrencyException("Another append was in the way", failure);
            }
            handlePersistenceException(failure, events.getFirst());
        }
    }

    private static int bind(PreparedStatement statement, int before, DomainEventMessage<?> event, Serializer serializer)
            throws SQLException {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        SerializedObject<String> metadata = event.serializeMetaData(serializer, String.class);
        int index = before;
        statement.setObject(++index, UUID.fromString(event.getIdentifier()));
        statement.setString(++index, event.getAggregateIdentifier());
        statement.setLong(++index, event.getSequenceNumber());
        statement.setString(++index, event.getType());
        statement.setString(++index, payload.getType().getName());
        statement.setString(++index, payload.getType().getRevision());
        statement.setString(++index, payload.getData());
        statement.setString(++index, metadata.getData());
        statement.setObject(++index, event.getTimestamp().atOffset(ZoneOffset.UTC));
        return index;
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
