package io.guildhall.query.activity;

import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The activities that the read model has no more, though there are their events. */
public final class Dropped {

    private static final String FIRST_KEPT = "select coalesce(min(a.sequence), " + Long.MAX_VALUE
            + ") from activities a where a.trail = ? and not " + Placing.NAMES;

    private Dropped() {}

    /** The sequence number that all of them in a trail are before; what says names is kept between them. */
    public static long end(JdbcTemplate jdbc, UUID trail) {
        Long end = jdbc.queryForObject(FIRST_KEPT, Long.class, trail);
        return end == null ? 0 : end;
    }
}
