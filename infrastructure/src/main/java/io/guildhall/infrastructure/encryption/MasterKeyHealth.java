package io.guildhall.infrastructure.encryption;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when the master key was rotated to one that this process was not given: it cannot read what came since. */
@Component("masterKey")
class MasterKeyHealth implements HealthIndicator {

    private final KeyHierarchy secrets;

    MasterKeyHealth(KeyHierarchy secrets) {
        this.secrets = secrets;
    }

    @Override
    public Health health() {
        return (secrets.state() == KeyHierarchy.State.REPLACED ? Health.down() : Health.up())
                .withDetail("state", secrets.state())
                .build();
    }
}
