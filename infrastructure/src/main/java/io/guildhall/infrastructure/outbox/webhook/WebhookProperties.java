package io.guildhall.infrastructure.outbox.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How webhooks are sent.
 *
 * @param allowPrivate whether receivers may be at private, loopback and other addresses that are not of the public Internet, and
 *     without TLS: for where the receivers are next door, and everybody who can create a webhook may reach all that this
 *     process can reach
 * @param timeout how long one attempt may take in all, with looking up the name and reading the answer
 * @param retries how long after each failed attempt the next one is; as many as there are, each up to a tenth longer
 * @param disableAfter how long nothing may have arrived until the webhook is disabled
 * @param secretOverlap how long the old secret goes on signing beside the new one
 * @param remember how long it stays known what became of a message
 * @param poll how long a new activity may go unnoticed
 * @param atOnce to how many webhooks one process sends at the same time
 * @param perWebhook how many messages to one webhook are under way at the same time; one while it fails
 */
@Validated
@ConfigurationProperties("guildhall.webhooks")
record WebhookProperties(
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("15s") @DurationMin(millis = 100) Duration timeout,

        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<@DurationMin(millis = 1) Duration> retries,

        @DefaultValue("3d") @DurationMin(seconds = 1) Duration disableAfter,
        @DefaultValue("24h") @DurationMin Duration secretOverlap,
        @DefaultValue("30d") @DurationMin(minutes = 1) Duration remember,
        @DefaultValue("500ms") @DurationMin(millis = 10) Duration poll,
        @DefaultValue("64") @Min(1) @Max(1_000) int atOnce,
        @DefaultValue("4") @Min(1) @Max(100) int perWebhook) {}
