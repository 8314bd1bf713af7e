package io.guildhall.infrastructure.command;

import io.guildhall.infrastructure.eventstore.AppendResult;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where events and read models are written in one transaction: what is appended is shown. */
public final class PostgresReadModelProgress implements ReadModelProgress {

    private final JdbcTemplate jdbc;

    public PostgresReadModelProgress(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long head() {
        Long head = jdbc.queryForObject("select coalesce(max(position), 0) from events", Long.class);
        return head == null ? 0 : head;
    }

    @Override
    public long last() {
        return head();
    }

    @Override
    public boolean await(long position, Duration most) {
        return head() >= position;
    }

    @Override
    public boolean level() {
        return true;
    }

    @Override
    public int segments() {
        return 0;
    }

    @Override
    public Lag behind() {
        return Lag.NOTHING;
    }

    @Override
    public long show(AppendResult appendResult) {
        return appendResult.position();
    }
}
