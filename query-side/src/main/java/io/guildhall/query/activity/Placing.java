package io.guildhall.query.activity;

import io.guildhall.query.store.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In which partition an activity lies, by the day on which it goes. */
final class Placing {

    /**
     * SQL: the first partition that goes when the activity of a time, the first argument, is no longer shown in a trail, the second
     * one; {@code infinity} where there is none. It is one that stays for more than a day, so that nothing is put into a partition that is
     * being dropped. Right for the retention that the keeper has noted, which may be an older one: no reading depends on it.
     */
    static final String GOES = goes("now() at time zone 'utc'");

    /** SQL: whether the row {@code a} says what an organization is called from then on; those stay, see {@link Activity#names}. */
    static final String NAMES =
            "(a.object_type = 'organization' and (a.verb = 'created' or a.metadata ->> 'event' = 'renamed'))";

    private static final List<String> TYPES = List.of("timestamptz", "uuid");
    private static final String RETAINED =
            "cast(%s as uuid) in (select k.trail from trail_retentions k where k.keeps is not null)";

    private Placing() {}

    /** @param now SQL: a time without a zone, in UTC */
    static String goes(String now) {
        return """
                coalesce((
                    select min(p.goes) from trail_retentions k join activity_partitions p
                    on p.goes > greatest((%%s + k.keeps) at time zone 'utc', %s + interval '1 day')
                    where k.trail = %%s and k.keeps is not null), 'infinity')""".formatted(now);
    }

    /** Where an activity of that time lies; one of no organization stays for ever. */
    static Row.Computed of(Instant at, @Nullable UUID trail) {
        return new Row.Computed(GOES, TYPES, Arrays.asList(at, trail), new Row.Only(RETAINED, trail, "infinity"));
    }
}
