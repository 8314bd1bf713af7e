package io.guildhall.infrastructure.projection;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * When each of something was last used: kept in memory with every request, written in one batch when flushed. What is not
 * flushed is lost with the process.
 */
public final class LastUseTable {

    private final JdbcTemplate jdbc;
    private final String table;
    private final String upsert;
    private final Map<UUID, Instant> remembered = new ConcurrentHashMap<>();

    /** @param key the column of the primary key */
    public LastUseTable(JdbcTemplate jdbc, String table, String key) {
        this.jdbc = jdbc;
        this.table = table;
        this.upsert = """
                insert into %s as kept (%s, at) values (?, ?)
                on conflict (%s) do update set at = excluded.at where excluded.at > kept.at
                """.formatted(table, key, key);
    }

    public void used(UUID id, Instant at) {
        remembered.merge(id, at, LastUseTable::later);
    }

    /** Writes what is remembered; what cannot be written now is tried again with the next flush. */
    public void flush() {
        // In one order, so that two processes never wait for each other's rows in a circle.
        Map<UUID, Instant> uses = new TreeMap<>(remembered);
        if (uses.isEmpty()) {
            return;
        }
        List<Object[]> batch = uses.entrySet().stream()
                .map(use -> new Object[] {use.getKey(), use.getValue().atOffset(ZoneOffset.UTC)})
                .toList();
        jdbc.batchUpdate(upsert, batch);
        uses.forEach(remembered::remove);
    }

    /** Deletes what was last used longer ago. */
    public void deleteOlderThan(Duration age) {
        jdbc.update("delete from " + table + " where at < now() - make_interval(secs => ?)", age.toSeconds());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
