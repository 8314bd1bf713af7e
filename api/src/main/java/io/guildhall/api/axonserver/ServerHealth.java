package io.guildhall.api.axonserver;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when the Axon Server does not answer: Axon's own indicator does not know this Spring Boot. */
public final class ServerHealth implements HealthIndicator {

    private final ServerEvents events;
    private final Shown shown;

    public ServerHealth(ServerEvents events, Shown shown) {
        this.events = events;
        this.shown = shown;
    }

    @Override
    public Health health() {
        try {
            long last = events.last();
            return Health.up()
                    .withDetail("events", last)
                    .withDetail("shown", shown.position())
                    .build();
        } catch (ServerAway away) {
            return Health.down().build();
        }
    }
}
