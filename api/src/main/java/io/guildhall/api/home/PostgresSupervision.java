package io.guildhall.api.home;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Starts the embedded PostgreSQL again when it has ended by itself: killed, or because it had no room to write. It tries for as long as
 * the service runs, which refuses everything until it succeeds.
 */
final class PostgresSupervision implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSupervision.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final PostgresServer server;
    private @Nullable Thread thread;
    private volatile boolean ending;
    private @Nullable String complaint;

    PostgresSupervision(PostgresServer server) {
        this.server = server;
    }

    void start() {
        thread = Thread.ofPlatform().name("embedded-postgresql").daemon().start(this::supervise);
    }

    private void supervise() {
        while (!ending) {
            try {
                if (server.hasEnded()) {
                    LOG.warn("The embedded PostgreSQL has ended by itself, and is started again");
                    bringBack();
                }
            } catch (IOException e) {
                complain(e.toString());
            }
            pause();
        }
    }

    private void bringBack() {
        while (!ending) {
            try {
                if (server.startAgain()) {
                    LOG.info("The embedded PostgreSQL is back");
                    complaint = null;
                    return;
                }
                complain(server.lastWords());
            } catch (IOException | FailureAnalyzedException e) {
                complain(e.toString());
            }
            pause();
        }
    }

    /** Once about each reason. */
    private void complain(String reason) {
        if (!ending && !reason.equals(complaint)) {
            LOG.warn("The embedded PostgreSQL does not start, and is tried again: {}", reason);
            complaint = reason;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when it will not start it any more. */
    @Override
    public void close() {
        ending = true;
        if (thread != null) {
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
