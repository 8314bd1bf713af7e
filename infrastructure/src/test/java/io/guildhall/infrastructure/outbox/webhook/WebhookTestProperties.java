package io.guildhall.infrastructure.outbox.webhook;

import java.time.Duration;
import java.util.List;

/** Settings for tests. */
final class WebhookTestProperties {

    private WebhookTestProperties() {}

    static WebhookProperties properties(boolean allowPrivate) {
        return new WebhookProperties(
                allowPrivate,
                Duration.ofSeconds(2),
                List.of(Duration.ofSeconds(1)),
                Duration.ofDays(3),
                Duration.ofDays(1),
                Duration.ofDays(30),
                Duration.ofMillis(50),
                2,
                2);
    }
}
