package io.guildhall.api.axonserver;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees to it that the read models and the events belong together, before anything is fed or answered. */
final class FirstStart {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ServerEvents events;
    private final JdbcTemplate jdbc;

    FirstStart(ServerEvents events, JdbcTemplate jdbc) {
        this.events = events;
        this.jdbc = jdbc;
    }

    /**
     * @throws UnfitStore when this database's events are in PostgreSQL, when the server has fewer events than the read models
     *     show, or when it does not answer at the first start of all
     */
    void check() {
        Segments segments = new Segments(jdbc);
        Share all = segments.all();
        if (all.isEmpty()) {
            if (Boolean.TRUE.equals(jdbc.queryForObject("select exists (select from events)", Boolean.class))) {
                throw UnfitStore.eventsInPostgres();
            }
            segments.begin(0, awaitServer());
            return;
        }
        try {
            long last = events.last();
            if (last < all.highest()) {
                throw UnfitStore.fewerEvents(last, all.highest());
            }
        } catch (ServerAway away) {
            LOG.warn("The Axon Server does not answer yet: commands are refused until it does");
        }
    }

    private long awaitServer() {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return events.last();
            } catch (ServerAway away) {
                if (System.nanoTime() - giveUp > 0) {
                    throw UnfitStore.noServer(PATIENCE);
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
