package io.guildhall.api.axonserver;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the Axon Server twice a second whether it is there. While it is not, nobody waits for it: one that takes connections and does not
 * answer would hold everybody up anew, and its connections notice that after twelve seconds at the soonest.
 */
public final class ServerWatch extends BackgroundThread {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final ServerEvents events;
    private final ServerReach reach;

    public ServerWatch(ServerEvents events, ServerReach reach) {
        super("server-watch");
        this.events = events;
        this.reach = reach;
    }

    @Override
    void work() {
        long lostAt = 0;
        while (isRunning()) {
            try {
                events.ask(ANSWER_WITHIN);
                if (reach.isLost()) {
                    reach.regain();
                    LOG.info(
                            "The Axon Server answers again, after {} s",
                            NANOSECONDS.toSeconds(System.nanoTime() - lostAt));
                }
                pause(BETWEEN_QUESTIONS);
            } catch (ServerAway away) {
                if (isRunning() && !reach.isLost()) {
                    lostAt = System.nanoTime();
                    reach.lose();
                    LOG.warn(
                            "The Axon Server does not answer; until it does, commands are refused: {}",
                            String.valueOf(away.getCause()));
                }
                pause(BETWEEN_TRIES);
            }
        }
        reach.regain();
    }
}
