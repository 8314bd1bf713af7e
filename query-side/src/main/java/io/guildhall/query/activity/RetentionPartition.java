package io.guildhall.query.activity;

import io.guildhall.infrastructure.projection.RowValues;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Chooses the partition of an activity, by the day on which it is dropped. */
final class RetentionPartition {

    /**
     * SQL: the first partition that is dropped after an activity expires; {@code infinity} if it never does. Arguments:
     * the activity's time and trail. The partition exists for more than a day, so that no row is added to one being
     * dropped. Uses the recorded retention, which may be outdated; reads do not depend on it.
     */
    static final String DROP_ON = dropOn("now() at time zone 'utc'");

    /**
     * SQL: whether the row {@code a} gives an organization a name; such rows are never dropped, see
     * {@link Activity#namesOrganization}.
     */
    static final String NAMES_ORGANIZATION =
            "(a.object_type = 'organization' and (a.verb = 'created' or a.metadata ->> 'event' = 'renamed'))";

    private static final List<String> TYPES = List.of("timestamptz", "uuid");
    private static final String HAS_RETENTION =
            "cast(%s as uuid) in (select k.trail from trail_retentions k where k.retention is not null)";

    private RetentionPartition() {}

    /** @param now SQL: a timestamp without time zone, in UTC */
    static String dropOn(String now) {
        return """
                coalesce((
                    select min(p.drop_on) from trail_retentions k join activity_partitions p
                    on p.drop_on > greatest((%%s + k.retention) at time zone 'utc', %s + interval '1 day')
                    where k.trail = %%s and k.retention is not null), 'infinity')""".formatted(now);
    }

    /**
     * The value of {@code drop_on} of an activity.
     *
     * @param trail the organization; null for an activity that is never dropped
     */
    static RowValues.Computed of(Instant at, @Nullable UUID trail) {
        return new RowValues.Computed(
                DROP_ON, TYPES, Arrays.asList(at, trail), new RowValues.Only(HAS_RETENTION, trail, "infinity"));
    }
}
