package io.guildhall.query.activity;

import java.time.Duration;
import java.util.Map;

/**
 * For how long an organization's activities are shown, by its plan; its own setting may say less. What is older is hidden from every
 * reading of the trail, and gone some time later; its events stay, and so do the proofs of them.
 *
 * @param byPlan a plan that is not in it shows all
 */
public record Retention(Map<String, Duration> byPlan) {

    /** What is shown of the organization {@code o}: an interval, null for all. With {@link #plans} and {@link #intervals}. */
    static final String OF_ORGANIZATION = """
            least(make_interval(days => o.activity_retention), (
                select by_plan.retention from unnest(cast(:plans as text[]), cast(:intervals as interval[])) by_plan (plan, retention)
                where by_plan.plan = o.plan))""";

    /**
     * The first sequence number that is shown of the trail {@code :trail}. Of an organization that nothing is hidden of it costs two
     * look-ups by key, and so needs no cache, which would have to be told.
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
