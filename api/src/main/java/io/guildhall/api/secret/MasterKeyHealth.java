package io.guildhall.api.secret;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when the master key was rotated to one that this process was not given: it cannot read what came since. */
@Component("masterKey")
class MasterKeyHealth implements HealthIndicator {

    private final RootSecrets secrets;

    MasterKeyHealth(RootSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Health health() {
        return (secrets.state() == RootSecrets.State.REPLACED ? Health.down() : Health.up())
                .withDetail("state", secrets.state())
                .build();
    }
}
