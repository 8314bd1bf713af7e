package io.guildhall.infrastructure.config;

import io.guildhall.infrastructure.axonserver.AxonServerHealth;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether this process reaches the database and, where it keeps the events, the Axon Server: without them it can answer no request,
 * and is not ready. A check answers within two seconds, and concurrent checks share one result: a store
 * that does not answer at all is not asked by ever more.
 */
@Component("store")
class StoreHealth implements HealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DataSource database;
    private final @Nullable AxonServerHealth server;
    private final ReentrantLock lock = new ReentrantLock();
    private FutureTask<Health> look = new FutureTask<>(Health.unknown()::build);

    StoreHealth(DataSource database, ObjectProvider<AxonServerHealth> server) {
        this.database = database;
        this.server = server.getIfAvailable();
        this.look.run();
    }

    @Override
    public Health health() {
        try {
            return latest().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return down("no answer within " + PATIENCE.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return down(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down("interrupted");
        }
    }

    private FutureTask<Health> latest() {
        lock.lock();
        try {
            if (look.isDone()) {
                look = new FutureTask<>(this::look);
                Thread.ofVirtual().name("store-health").start(look);
            }
            return look;
        } finally {
            lock.unlock();
        }
    }

    private Health look() throws Exception {
        try (Connection connection = database.getConnection()) {
            if (!connection.isValid((int) PATIENCE.toSeconds())) {
                return down("the database does not answer");
            }
        }
        return server == null || server.health().getStatus().equals(Status.UP)
                ? Health.up().build()
                : down("the Axon Server does not answer");
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }
}
