package io.guildhall.api.store;

import io.guildhall.query.proof.TrailEvent;
import io.guildhall.query.proof.TrailEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Organizations' streams of the table {@code events}, as they are stored. */
public class PostgresTrail implements TrailEvents {

    private static final String SELECT = """
            select event_id, stream, sequence, occurred_at, stream_type, event_type, event_version, metadata, payload from events
            """;

    private final JdbcTemplate jdbc;

    public PostgresTrail(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<TrailEvent> read(UUID organization, long from, int atMost) {
        return jdbc.query(
                SELECT + "where stream = ? and sequence >= ? order by sequence limit ?",
                PostgresTrail::event,
                organization.toString(),
                from,
                atMost);
    }

    @Override
    public List<TrailEvent> read(UUID organization, List<Long> sequences) {
        return jdbc.query(
                SELECT + "where stream = ? and sequence = any(?) order by sequence",
                PostgresTrail::event,
                organization.toString(),
                sequences.toArray(Long[]::new));
    }

    @Override
    public @Nullable TrailEvent find(UUID organization, UUID event) {
        List<TrailEvent> found = jdbc.query(
                SELECT + "where event_id = ? and stream = ?", PostgresTrail::event, event, organization.toString());
        return found.isEmpty() ? null : found.getFirst();
    }

    /** All events of organizations, one trail after the other, each in its order. */
    public void forEach(Consumer<TrailEvent> reader) {
        jdbc.query(SELECT + "where stream_type = 'Organization' order by stream, sequence", row -> {
            reader.accept(event(row, 0));
        });
    }

    private static TrailEvent event(ResultSet row, int n) throws SQLException {
        return new TrailEvent(
                row.getObject(1, UUID.class),
                UUID.fromString(row.getString(2)),
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }
}
