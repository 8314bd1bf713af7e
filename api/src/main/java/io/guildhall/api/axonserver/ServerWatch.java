package io.guildhall.api.axonserver;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks the Axon Server twice a second whether it is there. While it is not, nobody waits for it: one that takes connections and does not
 * answer would hold everybody up anew, and its connections notice that after twelve seconds at the soonest.
 */
public final class ServerWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final ServerEvents events;
    private final ServerReach reach;
    private volatile boolean running;
    private @Nullable Thread watcher;

    public ServerWatch(ServerEvents events, ServerReach reach) {
        this.events = events;
        this.reach = reach;
    }

    private void watch() {
        long lostAt = 0;
        while (running) {
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
                if (running && !reach.isLost()) {
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
        watcher = Thread.ofPlatform().name("server-watch").daemon().start(this::watch);
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

    /** With the feed, when Axon's own parts are there. */
    @Override
    public int getPhase() {
        return Feed.PHASE;
    }
}
