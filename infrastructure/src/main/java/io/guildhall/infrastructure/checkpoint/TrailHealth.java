package io.guildhall.infrastructure.checkpoint;

import io.guildhall.infrastructure.auditlog.MerkleLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down as long as a trail is known to have been tampered with: until {@code check_trail} finds nothing wrong with it. */
@Component("trails")
class TrailHealth implements HealthIndicator {

    private final MerkleLog log;

    TrailHealth(MerkleLog log, MeterRegistry meters) {
        this.log = log;
        Gauge.builder("guildhall.trails.tampered", log, it -> it.tampered().size())
                .description("Trails that differ from their signed checkpoints")
                .register(meters);
    }

    @Override
    public Health health() {
        int tampered = log.tampered().size();
        return tampered == 0
                ? Health.up().build()
                : Health.down().withDetail("tampered", tampered).build();
    }
}
