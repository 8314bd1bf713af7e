package io.guildhall.api.shutdown;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How a node shuts down.
 *
 * @param drain how long the node serves while its readiness answers 503; longer than the balancer needs to notice. Null for the default
 */
@Validated
@ConfigurationProperties("guildhall.shutdown")
record ShutdownProperties(
        @Nullable @DurationMin @DurationMax(minutes = 10) Duration drain) {

    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    /** By default 5 s, or none if the node is the only one. */
    Duration drain(boolean onlyNode) {
        if (drain != null) {
            return drain;
        }
        return onlyNode ? Duration.ZERO : DEFAULT_DRAIN;
    }
}
