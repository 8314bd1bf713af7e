package io.guildhall.infrastructure.eventstore;

import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads organizations' trails from the table {@code events}. */
public class PostgresTrailReader implements TrailEvents {

    private static final String SELECT = """
            select event_id, trail, trail_sequence, occurred_at, stream_type, stream, sequence, event_type, event_version, metadata, payload
            from events e
            """;

    /** The first event of an organization's trail is its creation. */
    private static final String OF_ORGANIZATIONS = """
            where trail is not null and exists (
                select from events first
                where first.trail = e.trail and first.trail_sequence = 1 and first.stream_type = 'Organization')
            order by trail, trail_sequence
            """;

    private final JdbcTemplate jdbc;

    public PostgresTrailReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<TrailEvent> read(UUID organization, long from, int atMost) {
        return jdbc.query(
                SELECT + "where trail = ? and trail_sequence >= ? order by trail_sequence limit ?",
                PostgresTrailReader::event,
                organization,
                from,
                atMost);
    }

    @Override
    public List<TrailEvent> read(UUID organization, List<Long> sequences) {
        return jdbc.query(
                SELECT + "where trail = ? and trail_sequence = any(?) order by trail_sequence",
                PostgresTrailReader::event,
                organization,
                sequences.toArray(Long[]::new));
    }

    @Override
    public @Nullable TrailEvent find(UUID organization, UUID event) {
        List<TrailEvent> found = jdbc.query(
                SELECT + "where event_id = ? and trail = ?", PostgresTrailReader::event, event, organization);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Reads all events of all organizations, trail by trail. */
    public void forEach(Consumer<TrailEvent> reader) {
        jdbc.query(SELECT + OF_ORGANIZATIONS, row -> {
            reader.accept(event(row, 0));
        });
    }

    private static TrailEvent event(ResultSet row, int n) throws SQLException {
        return new TrailEvent(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }
}
