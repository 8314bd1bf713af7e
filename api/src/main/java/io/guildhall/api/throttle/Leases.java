package io.guildhall.api.throttle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database for what budgets want: one statement at a time, for all that have asked meanwhile. Never in the way of a
 * request, and never with more than one connection.
 */
final class Leases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private static final int AT_ONCE = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** By the caller, so that two processes never wait for each other. */
    private static final String LEASE = """
            insert into request_windows as w (caller, used, granted, ends)
            select caller, wish, wish, now() + ? * interval '1 microsecond'
            from unnest(?::text[], ?::integer[]) as wished (caller, wish)
            order by caller
            on conflict (caller) do update set
                used = case when w.ends > now() then greatest(w.used, least(?, w.used + excluded.used)) else excluded.used end,
                granted = case when w.ends > now() then greatest(0, least(excluded.used, ? - w.used)) else excluded.used end,
                ends = case when w.ends > now() then w.ends else excluded.ends end
            returning caller, granted, greatest(0, ? - used), extract(epoch from ends - now()) * 1000000000
            """;

    private static final String FORGET = """
            delete from request_windows where caller in (
                select caller from request_windows where ends < now() order by caller limit ? for update skip locked)
            """;

    private final DataSource dataSource;
    private final Limit limit;
    private final BlockingQueue<Budget> asking = new LinkedBlockingQueue<>();
    private final Thread worker;
    private volatile boolean closed;

    Leases(DataSource dataSource, Limit limit) {
        this.dataSource = dataSource;
        this.limit = limit;
        // On a virtual thread an interrupt would close the connection of a running statement.
        this.worker = Thread.ofPlatform().name("request-leases").daemon().start(this::work);
    }

    void ask(Budget budget) {
        asking.add(budget);
    }

    private void work() {
        boolean failing = false;
        while (!closed) {
            Map<String, Budget> batch = new HashMap<>();
            try {
                List<Budget> waiting = new ArrayList<>();
                waiting.add(asking.take());
                asking.drainTo(waiting, AT_ONCE - 1);
                waiting.forEach(budget -> batch.put(budget.caller(), budget));
                lease(batch);
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                batch.values().forEach(Budget::alone);
                if (!failing && !closed) {
                    LOG.warn("Requests are counted by each process on its own: {}", String.valueOf(e.getMessage()));
                }
                failing = true;
            }
        }
    }

    private void lease(Map<String, Budget> batch) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, (int) LONGEST.toMillis());
            try (PreparedStatement statement = connection.prepareStatement(LEASE)) {
                statement.setLong(1, limit.per().toNanos() / 1_000);
                statement.setArray(
                        2, connection.createArrayOf("text", batch.keySet().toArray()));
                statement.setArray(
                        3,
                        connection.createArrayOf(
                                "integer",
                                batch.values().stream().map(Budget::wish).toArray()));
                for (int i = 4; i <= 6; i++) {
                    statement.setInt(i, limit.times());
                }
                try (ResultSet granted = statement.executeQuery()) {
                    while (granted.next()) {
                        Budget budget = batch.remove(granted.getString(1));
                        if (budget != null) {
                            budget.lease(granted.getInt(2), granted.getInt(3), granted.getLong(4));
                        }
                    }
                }
            }
        }
    }

    /** Deletes windows that have ended. */
    void forget() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setInt(1, AT_ONCE);
            while (statement.executeUpdate() == AT_ONCE) {
                // The next thousand.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
