package io.guildhall.infrastructure.axonserver;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks at the start that the event store and the read models belong together. */
public final class StartupConsistencyCheck {

    private static final Logger LOG = LoggerFactory.getLogger(StartupConsistencyCheck.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final AxonServerEventClient events;
    private final SegmentTokenStore segments;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public StartupConsistencyCheck(
            AxonServerEventClient events,
            SegmentTokenStore segments,
            JdbcTemplate jdbc,
            TransactionTemplate transaction) {
        this.events = events;
        this.segments = segments;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * @throws EventStoreMismatchException if this database's events are in PostgreSQL, if the server has fewer events
     *     than the read models, or if it does not answer within 60 s at the first start
     */
    void run() {
        List<Long> positions = segments.positions();
        if (positions.isEmpty()) {
            if (Boolean.TRUE.equals(jdbc.queryForObject("select exists (select from events)", Boolean.class))) {
                throw EventStoreMismatchException.eventsInPostgres();
            }
            segments.begin(transaction, 0, awaitServer());
            return;
        }
        try {
            long last = events.last();
            if (last < Collections.max(positions)) {
                throw EventStoreMismatchException.fewerEvents(last, Collections.max(positions));
            }
        } catch (AxonServerUnavailableException unavailable) {
            LOG.warn("The Axon Server does not answer yet. Commands are rejected until it does");
        }
    }

    private long awaitServer() {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return events.last();
            } catch (AxonServerUnavailableException unavailable) {
                if (System.nanoTime() - deadline > 0) {
                    throw EventStoreMismatchException.noServer(TIMEOUT);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
