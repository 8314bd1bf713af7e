package io.guildhall.infrastructure.projection.rebuild;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code rebuilds}, shared by all nodes. */
@Component
class RebuildRepository {

    private static final String COLUMNS =
            "rebuild, projections, state, position, target, events, started, updated, reason";

    private final JdbcTemplate jdbc;

    RebuildRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @throws org.springframework.dao.DuplicateKeyException if a rebuild is running or awaits the operator's decision
     */
    void begin(UUID id, List<String> projections, boolean takeOverDespiteDifferences) {
        jdbc.update(
                "insert into rebuilds (rebuild, projections, accept_differences) values (?, ?, ?)",
                id,
                projections.toArray(String[]::new),
                takeOverDespiteDifferences);
    }

    @Nullable RebuildView underWay() {
        return first("select " + COLUMNS + " from rebuilds where state = 'BUILDING'");
    }

    /** Returns the newest rebuild, finished or not; null if there is none. */
    @Nullable RebuildView latest() {
        return first("select " + COLUMNS + " from rebuilds order by begun desc limit 1");
    }

    @Nullable RebuildView find(UUID id) {
        return first("select " + COLUMNS + " from rebuilds where rebuild = ?", id);
    }

    void takenUp(UUID id, long target) {
        jdbc.update(
                "update rebuilds set started = now(), updated = now(), events = 0, target = ? where rebuild = ?",
                target,
                id);
    }

    /** @return false if the rebuild was cancelled */
    boolean advanced(UUID id, long position, long target, int events) {
        return jdbc.update("""
                        update rebuilds set position = ?, target = greatest(target, ?), events = events + ?, updated = clock_timestamp()
                        where rebuild = ? and state = 'BUILDING'
                        """, position, target, events, id) == 1;
    }

    /** Records that this node serves requests, for the node that rebuilds. */
    void reportForegroundLoad(UUID id) {
        jdbc.update("update rebuilds set callers = clock_timestamp() where rebuild = ? and state = 'BUILDING'", id);
    }

    /** Whether a node has reported foreground load within this duration. */
    boolean hadCallers(Duration lately) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from rebuilds where state = 'BUILDING' and callers > clock_timestamp() - ? * interval '1 ms')",
                Boolean.class,
                lately.toMillis()));
    }

    boolean acceptsDifferences(UUID id) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select accept_differences from rebuilds where rebuild = ?", Boolean.class, id));
    }

    void acceptDifferences(UUID id) {
        jdbc.update(
                "update rebuilds set accept_differences = true, state = 'BUILDING' where rebuild = ? and state = 'DIFFERS'",
                id);
    }

    /** Ends a rebuild that is running or awaits the operator's decision. */
    boolean end(UUID id, String state, @Nullable String reason) {
        return jdbc.update("""
                        update rebuilds set state = ?, reason = ?, updated = clock_timestamp()
                        where rebuild = ? and state in ('BUILDING', 'DIFFERS')
                        """, state, reason, id) == 1;
    }

    private @Nullable RebuildView first(String sql, Object... arguments) {
        List<RebuildView> found = jdbc.query(sql, RebuildRepository::view, arguments);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static RebuildView view(ResultSet row, int n) throws SQLException {
        return new RebuildView(
                row.getObject(1, UUID.class),
                List.of((String[]) row.getArray(2).getArray()),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(9));
    }
}
