package io.guildhall.api.export;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.infrastructure.auditlog.MerkleLog;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ExportTrail;
import io.guildhall.query.activity.ExportedActivity;
import io.guildhall.query.activity.ExportedPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads trails page by page, with what proves them where that is wanted. */
@Component
class ExportReader {

    private final QueryDispatcher queries;
    private final TrailEvents events;
    private final MerkleLog log;

    ExportReader(QueryDispatcher queries, TrailEvents events, MerkleLog log) {
        this.queries = queries;
        this.events = events;
        this.log = log;
    }

    /** @param next what the next page comes after, or null after the last */
    record Page(List<ExportRecord> lines, @Nullable Long next) {}

    /** @param after the sequence number that the page comes after */
    Page read(UUID organization, ActivityFilter filter, long after, long upTo, boolean proves) {
        ExportedPage page = queries.ask(new ExportTrail(organization, filter, after, upTo), ExportedPage.class);
        List<ExportedActivity> activities = page.activities();
        return new Page(
                proves && !activities.isEmpty()
                        ? proven(organization, activities)
                        : activities.stream()
                                .map(activity -> new ExportRecord(activity, null, null))
                                .toList(),
                page.next());
    }

    /** An activity of which there is no event any more is written without: who verifies sees it. */
    private List<ExportRecord> proven(UUID organization, List<ExportedActivity> activities) {
        List<Long> sequences =
                activities.stream().map(ExportedActivity::sequence).toList();
        long first = sequences.getFirst();
        boolean whole = sequences.getLast() - first == sequences.size() - 1;
        List<TrailEvent> stored =
                whole ? events.read(organization, first, sequences.size()) : events.read(organization, sequences);
        Map<Long, TrailEvent> bySequence = HashMap.newHashMap(stored.size());
        stored.forEach(event -> bySequence.put(event.sequence(), event));
        List<byte[]> hashes = log.leafHashes(organization, sequences);
        List<ExportRecord> lines = new ArrayList<>(activities.size());
        for (int i = 0; i < activities.size(); i++) {
            lines.add(new ExportRecord(activities.get(i), bySequence.get(sequences.get(i)), hashes.get(i)));
        }
        return lines;
    }
}
