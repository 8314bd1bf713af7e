package io.guildhall.query.activity;

import io.guildhall.infrastructure.auditlog.MerkleLog;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads trails in large pages, with what proves them where that is wanted. Names are looked up for a whole page at once, by key, which
 * costs a part of what joining would.
 */
@Component
public class ExportReader {

    private static final int ROWS = 4_096;

    private final JdbcClient jdbc;
    private final ActivityRangeResolver bounds;
    private final ActivitiesQueries activities;
    private final TrailEvents events;
    private final MerkleLog log;

    ExportReader(
            JdbcClient jdbc,
            ActivityRangeResolver bounds,
            ActivitiesQueries activities,
            TrailEvents events,
            MerkleLog log) {
        this.jdbc = jdbc;
        this.bounds = bounds;
        this.activities = activities;
        this.events = events;
        this.log = log;
    }

    /** @param next what the next page comes after; null when there is none. Where little is wanted, a page may be empty before it */
    public record Page(List<ExportRecord> lines, @Nullable Long next) {}

    /**
     * Reads a large page of an organization's trail, oldest first.
     *
     * @param after the sequence number after which the page begins; 0 for the beginning
     * @param upTo the last sequence number to look at
     * @param proves whether each activity comes with its event and leaf hash
     */
    public Page read(UUID organization, ActivityFilter filter, long after, long upTo, boolean proves) {
        if (!filter.words().isEmpty() || !filter.notWords().isEmpty()) {
            return byNames(organization, filter, after, upTo, proves);
        }
        ActivityQuery scan = bounds.scan(organization, filter, true, after + 1, upTo + 1);
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
        return new Page(lines(organization, rows, proves), next);
    }

    /** Words are looked for in names, which only the joined search has. */
    private Page byNames(UUID organization, ActivityFilter filter, long after, long upTo, boolean proves) {
        ActivityPage page = activities.handle(new ListActivities(organization, filter, true, after, Long.MAX_VALUE, 0));
        Long[] found = page.activities().stream()
                .map(ActivityView::sequence)
                .filter(sequence -> sequence <= upTo)
                .toArray(Long[]::new);
        List<ActivityRow> rows = jdbc.sql("select " + ActivityRow.COLUMNS
                        + " from activities a where a.trail = ? and a.sequence = any(?) order by a.sequence")
                .params(organization, found)
                .query(ActivityRow::read)
                .list();
        Long next = page.next();
        return new Page(lines(organization, rows, proves), next == null || next >= upTo ? null : next);
    }

    private List<ExportRecord> lines(UUID organization, List<ActivityRow> rows, boolean proves) {
        var activityNameResolver = new ActivityNameResolver(jdbc, organization, rows);
        List<ExportedActivity> exported =
                rows.stream().map(activityNameResolver::exported).toList();
        return proves && !exported.isEmpty()
                ? proven(organization, exported)
                : exported.stream()
                        .map(activity -> new ExportRecord(activity, null, null))
                        .toList();
    }

    /** An activity of which there is no event any more is written without: who verifies sees it. */
    private List<ExportRecord> proven(UUID organization, List<ExportedActivity> exported) {
        List<Long> sequences = exported.stream().map(ExportedActivity::sequence).toList();
        long first = sequences.getFirst();
        boolean whole = sequences.getLast() - first == sequences.size() - 1;
        List<TrailEvent> stored =
                whole ? events.read(organization, first, sequences.size()) : events.read(organization, sequences);
        Map<Long, TrailEvent> bySequence = HashMap.newHashMap(stored.size());
        stored.forEach(event -> bySequence.put(event.sequence(), event));
        List<byte[]> hashes = log.leafHashes(organization, sequences);
        List<ExportRecord> lines = new ArrayList<>(exported.size());
        for (int i = 0; i < exported.size(); i++) {
            lines.add(new ExportRecord(exported.get(i), bySequence.get(sequences.get(i)), hashes.get(i)));
        }
        return lines;
    }
}
