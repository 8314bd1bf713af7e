package io.guildhall.infrastructure.outbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class WebhookPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WebhookProperties.class)
    static class Properties {}

    @Test
    void haveTheirDefaults() {
        application.run(context -> {
            WebhookProperties properties = context.getBean(WebhookProperties.class);
            assertThat(properties)
                    .isEqualTo(new WebhookProperties(
                            false,
                            Duration.ofSeconds(15),
                            List.of(
                                    Duration.ofSeconds(5),
                                    Duration.ofMinutes(5),
                                    Duration.ofMinutes(30),
                                    Duration.ofHours(2),
                                    Duration.ofHours(5),
                                    Duration.ofHours(10),
                                    Duration.ofHours(14),
                                    Duration.ofHours(20),
                                    Duration.ofHours(24)),
                            Duration.ofDays(3),
                            Duration.ofHours(24),
                            Duration.ofDays(30),
                            Duration.ofMillis(500),
                            64,
                            4));
            // The last retry of what never arrives comes late enough to disable the webhook.
            assertThat(properties.retries().stream().reduce(Duration.ZERO, Duration::plus))
                    .isGreaterThan(properties.disableAfter());
        });
    }

    @Test
    void canEachBeSet() {
        application
                .withPropertyValues(
                        "guildhall.webhooks.allow-private=true",
                        "guildhall.webhooks.timeout=1s",
                        "guildhall.webhooks.retries=2s,3s",
                        "guildhall.webhooks.disable-after=4s",
                        "guildhall.webhooks.secret-overlap=5s",
                        "guildhall.webhooks.remember=6m",
                        "guildhall.webhooks.poll=7s",
                        "guildhall.webhooks.at-once=8",
                        "guildhall.webhooks.per-webhook=9")
                .run(context -> assertThat(context.getBean(WebhookProperties.class))
                        .isEqualTo(new WebhookProperties(
                                true,
                                Duration.ofSeconds(1),
                                List.of(Duration.ofSeconds(2), Duration.ofSeconds(3)),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(6),
                                Duration.ofSeconds(7),
                                8,
                                9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=0s", "retries=-1s", "secret-overlap=-1s", "at-once=0", "per-webhook=0"})
    void refuseWhatCannotBe(String setting) {
        application
                .withPropertyValues("guildhall.webhooks." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
