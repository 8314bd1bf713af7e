package io.guildhall.infrastructure.axonserver;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health indicator of the Axon Server. Axon's own does not support this version of Spring Boot. */
public final class AxonServerHealth implements HealthIndicator {

    private final AxonServerEventClient events;
    private final ReadModelProgressTracker progress;

    public AxonServerHealth(AxonServerEventClient events, ReadModelProgressTracker progress) {
        this.events = events;
        this.progress = progress;
    }

    @Override
    public Health health() {
        try {
            long last = events.last();
            return Health.up()
                    .withDetail("events", last)
                    .withDetail("shown", progress.position())
                    .build();
        } catch (AxonServerUnavailableException unavailable) {
            return Health.down().build();
        }
    }
}
