package io.guildhall.api.wiring;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How far the global order of events goes, and with it every read model: both are written in one transaction. */
@Component
public class Positions {

    private final JdbcTemplate jdbc;

    Positions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The last position there is; 0 when nothing has happened yet. */
    public long head() {
        Long head = jdbc.queryForObject("select coalesce(max(position), 0) from events", Long.class);
        return head == null ? 0 : head;
    }
}
