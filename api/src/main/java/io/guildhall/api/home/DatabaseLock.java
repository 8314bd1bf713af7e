package io.guildhall.api.home;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** That one process at a time uses the database of a home; goes with the process, however that ends. */
final class DatabaseLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLock.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final int TRIES = 10;

    private final FileChannel channel;

    private DatabaseLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Refuses to start beside another process. */
    static DatabaseLock of(HomeDirectory home) {
        Path file = home.path().resolve("database.lock");
        try {
            FileChannel channel = HomeDirectory.open(file, CREATE, WRITE);
            // One that was just killed may still be ending.
            for (int tries = 0; tries < TRIES; tries++) {
                if (channel.tryLock() != null) {
                    return new DatabaseLock(channel);
                }
                PostgresServer.pause(BETWEEN_TRIES);
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            // Held by this very process, which would lose its lock if this channel were closed.
        } catch (IOException e) {
            throw HomeDirectory.unusable(file, e);
        }
        throw new FailureAnalyzedException(
                "Another Guildhall is running in the home %s.".formatted(home.path()),
                "Stop it, or name another home: --guildhall.home=<directory>. Several processes can share a PostgreSQL of yours, but"
                        + " not an embedded one.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("The home's lock was not released", e);
        }
    }
}
