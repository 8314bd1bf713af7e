package io.guildhall.api.activity;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How trails are followed, and kept.
 *
 * @param heartBeat how long nothing at all may be sent; so often, at least, is looked whether the follower still may
 * @param poll how long a new activity may go unnoticed
 * @param followers how many may follow one trail at one process at the same time
 * @param followersPerCaller how many streams one user, or one organization by its tokens, may have open at one process
 * @param keeping how often is looked for activities that are to go; what is shown does not depend on it
 */
@Validated
@ConfigurationProperties("guildhall.trail")
record ActivityProperties(
        @DefaultValue("15s") @DurationMin(millis = 100) Duration heartBeat,
        @DefaultValue("100ms") @DurationMin(millis = 10) Duration poll,
        @DefaultValue("100") @Positive int followers,
        @DefaultValue("20") @Positive int followersPerCaller,
        @DefaultValue("10m") @DurationMin(millis = 100) Duration keeping) {}
