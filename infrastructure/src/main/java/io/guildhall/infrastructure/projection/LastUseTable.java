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
 * Records when each token or session was last used: in memory on each request, and in the table in batches. Uses that
 * were not flushed are lost with the process.
 */
public final class LastUseTable {

    private final JdbcTemplate jdbc;
    private final String table;
    private final String upsert;
    private final Map<UUID, Instant> pending = new ConcurrentHashMap<>();

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
        pending.merge(id, at, LastUseTable::later);
    }

    /** Writes the pending uses. If that fails, the next flush writes them. */
    public void flush() {
        // Sorted, so that two nodes cannot deadlock on each other's rows.
        Map<UUID, Instant> uses = new TreeMap<>(pending);
        if (uses.isEmpty()) {
            return;
        }
        List<Object[]> batch = uses.entrySet().stream()
                .map(use -> new Object[] {use.getKey(), use.getValue().atOffset(ZoneOffset.UTC)})
                .toList();
        jdbc.batchUpdate(upsert, batch);
        uses.forEach(pending::remove);
    }

    /** Deletes rows whose last use is older than this. */
    public void deleteOlderThan(Duration age) {
        jdbc.update("delete from " + table + " where at < now() - make_interval(secs => ?)", age.toSeconds());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
