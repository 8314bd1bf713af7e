package io.guildhall.query.activity;

import java.time.Duration;
import java.util.Map;

/**
 * How long an organization's activities are shown: by its plan, or shorter by its own setting. Older activities are
 * hidden from every read and dropped later; their events and proofs stay.
 *
 * @param byPlan by plan; a plan that is absent shows all activities
 */
public record Retention(Map<String, Duration> byPlan) {

    /**
     * SQL: the retention of the organization {@code o} as an interval; null for unlimited. Parameters: {@link #plans}
     * and {@link #intervals}.
     */
    static final String OF_ORGANIZATION = """
            least(make_interval(days => o.activity_retention), (
                select by_plan.retention from unnest(cast(:plans as text[]), cast(:intervals as interval[])) by_plan (plan, retention)
                where by_plan.plan = o.plan))""";

    /**
     * SQL: the first visible sequence number of the trail {@code :trail}. Two lookups by key if nothing is hidden, so
     * it needs no cache.
     */
    static final String FIRST_SHOWN = """
            select coalesce((
                select greatest(
                    coalesce(k.dropped_up_to, 0) + 1,
                    case when shown.retention is not null then first_since(o.organization, now() - shown.retention) end)
                from organizations o
                left join trail_retentions k on k.trail = o.organization
                cross join lateral (select %s as retention) shown
                where o.organization = :trail), 1)""".formatted(OF_ORGANIZATION);

    String[] plans() {
        return byPlan.keySet().stream().sorted().toArray(String[]::new);
    }

    String[] intervals() {
        return byPlan.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(plan -> plan.getValue().toSeconds() + " seconds")
                .toArray(String[]::new);
    }
}
