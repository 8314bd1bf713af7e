package io.guildhall.infrastructure.encryption;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down if the database uses a master key that this node does not have: it cannot decrypt newer data. */
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
