package io.guildhall.api.operator;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Degraded, which is no reason to take a process out of service, while a projection has dead letters or does not keep up: what is
 * wrong is wrong at every process, and most requests still work.
 */
@Component("projections")
class ProjectionsHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");
    private static final Duration KEEPING_UP = Duration.ofSeconds(30);

    private final ProjectionStatus projectionStatus;

    ProjectionsHealth(ProjectionStatus projectionStatus) {
        this.projectionStatus = projectionStatus;
    }

    @Override
    public Health health() {
        ProjectionStatus.Seen seen = projectionStatus.latest();
        boolean keepingUp = seen.behind().time().compareTo(KEEPING_UP) < 0;
        return Health.status(seen.deadLetters().isEmpty() && keepingUp ? Status.UP : DEGRADED)
                .withDetail("dead_letters", seen.deadLetters())
                .withDetail("lag_events", seen.behind().events())
                .withDetail("lag_seconds", seen.behind().time().toSeconds())
                .build();
    }
}
