package io.guildhall.api.ending;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a process that is asked to end takes for it.
 *
 * @param drain how long it goes on as before, while its readiness already says 503 and every answer closes its connection: longer than
 *     a balancer takes to notice, and than most callers leave a connection unused. By default 5 s where other processes can
 *     serve from the same database, and not at all with the embedded one
 * @param finish how long requests that take long, such as exports, may go on after that
 */
@Validated
@ConfigurationProperties("guildhall.ending")
record EndingProperties(
        @Nullable @DurationMin @DurationMax(minutes = 10) Duration drain,

        @DefaultValue("10s") @DurationMin @DurationMax(minutes = 10)
        Duration finish) {

    private static final Duration BESIDE_OTHERS = Duration.ofSeconds(5);

    Duration drain(boolean alone) {
        if (drain != null) {
            return drain;
        }
        return alone ? Duration.ZERO : BESIDE_OTHERS;
    }
}
