package io.guildhall.cli.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code events}. Positions can have gaps, so a batch begins after the last position read. */
final class PostgresEventArchive implements EventArchive {

    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json = JsonMapper.builder().build();
    private long readUpTo;
    private long lastPosition;

    PostgresEventArchive(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public long count() {
        Long count = jdbc.queryForObject("select count(*) from events", Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public List<RawEvent> read(long after, int atMost) {
        if (after == 0) {
            lastPosition = 0;
        } else if (after != readUpTo) {
            throw new IllegalStateException("Batches are read in order");
        }
        List<RawEvent> found = jdbc.query("""
                select position, event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail
                from events where position > ? order by position limit ?
                """, (row, n) -> event(row), lastPosition, atMost);
        readUpTo = after + found.size();
        return found;
    }

    private RawEvent event(ResultSet row) throws SQLException {
        lastPosition = row.getLong(1);
        return new RawEvent(
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                json.readValue(row.getString(9), TEXTS),
                row.getString(11),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }

    /** Takes the numbers in the trails from the table {@code trail_events}. */
    @Override
    public void append(List<RawEvent> copies) {
        List<@Nullable Object[]> rows = copies.stream().map(this::row).toList();
        transaction.executeWithoutResult(status -> jdbc.batchUpdate("""
                insert into events (
                    event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail, trail_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid, (select sequence from trail_events where event = ?))
                """, rows));
    }

    private @Nullable Object[] row(RawEvent copy) {
        Map<String, String> metadata = copy.metadata();
        UUID id = UUID.fromString(copy.id());
        return new @Nullable Object[] {
            id,
            copy.stream(),
            copy.sequence(),
            copy.streamType(),
            copy.type(),
            copy.revision(),
            copy.payload(),
            json.writeValueAsString(metadata),
            copy.at().atOffset(ZoneOffset.UTC),
            copy.trail(),
            id
        };
    }
}
