package io.guildhall.query.activity;

import io.guildhall.infrastructure.projection.RowValues;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In which partition an activity lies, by the day on which it goes. */
final class RetentionPartition {

    /**
     * SQL: the first partition that goes when the activity of a time, the first argument, is no longer shown in a trail, the second
     * one; {@code infinity} where there is none. It is one that stays for more than a day, so that nothing is put into a partition that is
     * being dropped. Right for the retention that the keeper has noted, which may be an older one: no reading depends on it.
     */
    static final String DROP_ON = dropOn("now() at time zone 'utc'");

    /** SQL: whether the row {@code a} says what an organization is called from then on; those stay, see {@link Activity#names}. */
    static final String NAMES =
            "(a.object_type = 'organization' and (a.verb = 'created' or a.metadata ->> 'event' = 'renamed'))";

    private static final List<String> TYPES = List.of("timestamptz", "uuid");
    private static final String RETAINED =
            "cast(%s as uuid) in (select k.trail from trail_retentions k where k.retention is not null)";

    private RetentionPartition() {}

    /** @param now SQL: a time without a zone, in UTC */
    static String dropOn(String now) {
        return """
                coalesce((
                    select min(p.drop_on) from trail_retentions k join activity_partitions p
                    on p.drop_on > greatest((%%s + k.retention) at time zone 'utc', %s + interval '1 day')
                    where k.trail = %%s and k.retention is not null), 'infinity')""".formatted(now);
    }

    /** Where an activity of that time lies; one of no organization stays for ever. */
    static RowValues.Computed of(Instant at, @Nullable UUID trail) {
        return new RowValues.Computed(
                DROP_ON, TYPES, Arrays.asList(at, trail), new RowValues.Only(RETAINED, trail, "infinity"));
    }
}
