package io.guildhall.api.datasource;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks the database twice a second, on a connection of its own, whether it is there. When it gives no answer and a new connection cannot
 * be had either, all others are given up: a server that vanished from the network would leave them waiting for a quarter of an hour,
 * and a limit for statements cannot tell it from one that works. How long a statement may take does not matter here.
 */
@Component
class DatabaseWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final String ANSWER_WITHIN_SECONDS = "2";
    private static final String CONNECT_WITHIN_SECONDS = "3";

    private final @Nullable WatchedPool database;
    private volatile boolean running;
    private @Nullable Thread watcher;

    DatabaseWatch(DataSource database) {
        this.database = database instanceof WatchedPool watched ? watched : null;
    }

    private void watch(WatchedPool watched) {
        var limits = new Properties();
        limits.setProperty("connectTimeout", CONNECT_WITHIN_SECONDS);
        limits.setProperty("loginTimeout", CONNECT_WITHIN_SECONDS);
        limits.setProperty("socketTimeout", ANSWER_WITHIN_SECONDS);
        DataSource beside = watched.besides(limits);
        long lostAt = 0;
        while (running) {
            boolean connected = false;
            try (Connection connection = beside.getConnection();
                    Statement statement = connection.createStatement()) {
                connected = true;
                if (watched.reach().lost() != null) {
                    watched.reach().regain();
                    LOG.info(
                            "The database answers again, after {} s",
                            NANOSECONDS.toSeconds(System.nanoTime() - lostAt));
                }
                while (running) {
                    statement.execute("select");
                    pause(BETWEEN_QUESTIONS);
                }
            } catch (SQLException e) {
                if (!connected && isNoAnswer(e) && watched.reach().lost() == null) {
                    lostAt = System.nanoTime();
                    LOG.warn(
                            "The database does not answer; until it does, what needs it is refused: {}",
                            e.getMessage());
                    watched.reach().lose(String.valueOf(e.getMessage()));
                    watched.abandon();
                }
                if (!connected) {
                    pause(BETWEEN_TRIES);
                }
            }
        }
        watched.reach().regain();
    }

    /**
     * Classes 08 (connection) and 57 (shutting down, starting up), or no state at all. Whatever else it refuses a connection for, such
     * as their number, it is there, and may well answer on those that there are.
     */
    static boolean isNoAnswer(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57");
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        WatchedPool watched = database;
        if (watched != null) {
            watcher = Thread.ofPlatform().name("database-watch").daemon().start(() -> watch(watched));
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (watcher != null) {
            watcher.interrupt();
            watcher = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The first to start and the last to stop. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
