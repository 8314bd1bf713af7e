package io.guildhall.query.activity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads trails in large pages. What things are called is looked up for a whole page at once, by key, which costs a part of what
 * joining would.
 */
@Component
class ExportQueries {

    private static final int ROWS = 4_096;

    private static final String COLUMNS =
            "a.event, a.sequence, a.at, a.actor_type, a.actor, a.token, a.request, a.verb, a.object_type, a.object,"
                    + " cast(a.metadata as text)";

    private final JdbcClient jdbc;
    private final TrailBounds bounds;
    private final ActivitiesQueries activities;

    ExportQueries(JdbcClient jdbc, TrailBounds bounds, ActivitiesQueries activities) {
        this.jdbc = jdbc;
        this.bounds = bounds;
        this.activities = activities;
    }

    /** A row of activities. */
    record Row(
            UUID event,
            long sequence,
            OffsetDateTime at,
            String actorType,
            @Nullable UUID actor,
            @Nullable UUID token,
            @Nullable String request,
            String verb,
            String objectType,
            UUID object,
            String metadata) {}

    @QueryHandler
    ExportedPage handle(ExportTrail query) {
        TrailFilter filter = query.filter();
        if (!filter.words().isEmpty() || !filter.notWords().isEmpty()) {
            return byNames(query);
        }
        TrailScan scan = bounds.scan(query.organization(), filter, true, query.after() + 1, query.upTo() + 1);
        List<Row> rows = scan.statement(
                        jdbc,
                        scan.with() + "select " + COLUMNS + " from " + scan.rows(ROWS) + scan.where() + scan.order())
                .query(ExportQueries::row)
                .list();
        Long next = scan.isExact()
                ? (rows.size() < ROWS ? null : Long.valueOf(rows.getLast().sequence()))
                : scan.statement(jdbc, scan.with() + scan.last(ROWS))
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        return new ExportedPage(named(rows), next);
    }

    /** Words are looked for in names, which only the joined search has. */
    private ExportedPage byNames(ExportTrail query) {
        ActivityPage page = activities.handle(
                new ListActivities(query.organization(), query.filter(), true, query.after(), Long.MAX_VALUE, 0));
        Long[] found = page.activities().stream()
                .map(ActivityView::sequence)
                .filter(sequence -> sequence <= query.upTo())
                .toArray(Long[]::new);
        List<Row> rows = jdbc.sql("select " + COLUMNS
                        + " from activities a where a.trail = ? and a.sequence = any(?) order by a.sequence")
                .params(query.organization(), found)
                .query(ExportQueries::row)
                .list();
        Long next = page.next();
        return new ExportedPage(named(rows), next == null || next >= query.upTo() ? null : next);
    }

    private List<ExportedActivity> named(List<Row> rows) {
        var names = new Names(jdbc, rows);
        return rows.stream().map(names::of).toList();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class),
                row.getString(4),
                row.getObject(5, UUID.class),
                row.getObject(6, UUID.class),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getObject(10, UUID.class),
                row.getString(11));
    }
}
