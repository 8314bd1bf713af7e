package io.guildhall.query.activity;

import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads trails in large pages. What things are called is looked up for a whole page at once, by key, which costs a part of what
 * joining would.
 */
@Component
class ExportQueries {

    private static final int ROWS = 4_096;

    private final JdbcClient jdbc;
    private final ActivityRangeResolver bounds;
    private final ActivitiesQueries activities;

    ExportQueries(JdbcClient jdbc, ActivityRangeResolver bounds, ActivitiesQueries activities) {
        this.jdbc = jdbc;
        this.bounds = bounds;
        this.activities = activities;
    }

    @QueryHandler
    ExportedPage handle(ExportTrail query) {
        ActivityFilter filter = query.filter();
        if (!filter.words().isEmpty() || !filter.notWords().isEmpty()) {
            return byNames(query);
        }
        ActivityQuery scan = bounds.scan(query.organization(), filter, true, query.after() + 1, query.upTo() + 1);
        List<ActivityRow> rows = scan.statement(
                        jdbc,
                        scan.with() + "select " + ActivityRow.COLUMNS + " from " + scan.rows(ROWS) + scan.where()
                                + scan.order())
                .query(ActivityRow::read)
                .list();
        Long next = scan.isExact()
                ? (rows.size() < ROWS ? null : Long.valueOf(rows.getLast().sequence()))
                : scan.statement(jdbc, scan.with() + scan.last(ROWS))
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        return new ExportedPage(named(query.organization(), rows), next);
    }

    /** Words are looked for in names, which only the joined search has. */
    private ExportedPage byNames(ExportTrail query) {
        ActivityPage page = activities.handle(
                new ListActivities(query.organization(), query.filter(), true, query.after(), Long.MAX_VALUE, 0));
        Long[] found = page.activities().stream()
                .map(ActivityView::sequence)
                .filter(sequence -> sequence <= query.upTo())
                .toArray(Long[]::new);
        List<ActivityRow> rows = jdbc.sql("select " + ActivityRow.COLUMNS
                        + " from activities a where a.trail = ? and a.sequence = any(?) order by a.sequence")
                .params(query.organization(), found)
                .query(ActivityRow::read)
                .list();
        Long next = page.next();
        return new ExportedPage(named(query.organization(), rows), next == null || next >= query.upTo() ? null : next);
    }

    private List<ExportedActivity> named(UUID organization, List<ActivityRow> rows) {
        var activityNameResolver = new ActivityNameResolver(jdbc, organization, rows);
        return rows.stream().map(activityNameResolver::exported).toList();
    }
}
