package io.guildhall.query.token;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * When each API token was last used (R18): remembered here with every request, written only when flushed. What has not been
 * flushed is lost with the process, and nothing depends on it.
 */
@Component
public class LastUse {

    private final JdbcTemplate jdbc;
    private final Map<UUID, Instant> remembered = new ConcurrentHashMap<>();

    LastUse(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void used(UUID token, Instant at) {
        remembered.merge(token, at, LastUse::later);
    }

    /** Writes what was remembered, in one batch; what cannot be written now is tried again with the next flush. */
    public void flush() {
        // In one order, so that two processes never wait for each other's rows in a circle.
        Map<UUID, Instant> uses = new TreeMap<>(remembered);
        if (uses.isEmpty()) {
            return;
        }
        List<Object[]> batch = uses.entrySet().stream()
                .map(use -> new Object[] {use.getKey(), use.getValue().atOffset(ZoneOffset.UTC)})
                .toList();
        jdbc.batchUpdate("""
                insert into token_last_use as kept (token, at) values (?, ?)
                on conflict (token) do update set at = excluded.at where excluded.at > kept.at
                """, batch);
        uses.forEach(remembered::remove);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
