package io.guildhall.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.infrastructure.ratelimit.RateLimit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class RateLimitPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(RateLimitProperties.class)
    static class Properties {}

    @Test
    void haveTheirDefaults() {
        application.run(context -> assertThat(context.getBean(RateLimitProperties.class))
                .isEqualTo(new RateLimitProperties(
                        RateLimit.valueOf("400/1m"),
                        limits("60/1m"),
                        limits("100/15m"),
                        limits("10/15m"),
                        limits("50/1h"),
                        limits("120/1m"),
                        limits("30/10m"),
                        limits("3/10m", "10/1d"),
                        limits("3/10m", "20/1d"),
                        limits("1/1m"),
                        limits("200/1h", "1000/1d"),
                        limits("3/10m", "10/1d"),
                        limits("3/1h", "10/1d"),
                        limits("500/1h", "2000/1d"),
                        limits("10/1h", "30/1d"))));
    }

    @Test
    void canEachBeSet() {
        application
                .withPropertyValues(
                        "guildhall.throttle.requests-per-caller=1/1s",
                        "guildhall.throttle.sign-in-per-address=2/1s",
                        "guildhall.throttle.sign-in-failures-per-address=3/1s",
                        "guildhall.throttle.sign-in-failures-per-user-and-address=4/1s",
                        "guildhall.throttle.sign-in-failures-per-user=5/1s",
                        "guildhall.throttle.sign-up-per-address=6/1s",
                        "guildhall.throttle.password-reset-per-address=7/1s",
                        "guildhall.throttle.password-reset-per-user=8/1s",
                        "guildhall.throttle.validation-per-user=9/1s",
                        "guildhall.throttle.invitation-resend=10/1s",
                        "guildhall.throttle.invitations-per-organization=11/1s",
                        "guildhall.throttle.invitations-per-organization-and-recipient=12/1s",
                        "guildhall.throttle.deactivations-per-organization=13/1s",
                        "guildhall.throttle.webhook-notices-per-organization=14/1s",
                        "guildhall.throttle.mails-per-recipient=15/1s,16/1h")
                .run(context -> assertThat(context.getBean(RateLimitProperties.class))
                        .isEqualTo(new RateLimitProperties(
                                RateLimit.valueOf("1/1s"),
                                limits("2/1s"),
                                limits("3/1s"),
                                limits("4/1s"),
                                limits("5/1s"),
                                limits("6/1s"),
                                limits("7/1s"),
                                limits("8/1s"),
                                limits("9/1s"),
                                limits("10/1s"),
                                limits("11/1s"),
                                limits("12/1s"),
                                limits("13/1s"),
                                limits("14/1s"),
                                limits("15/1s", "16/1h"))));
    }

    @Test
    void refuseWhatIsNoLimit() {
        application
                .withPropertyValues("guildhall.throttle.invitation-resend=often")
                .run(context -> assertThat(context).hasFailed());
    }

    private static List<RateLimit> limits(String... texts) {
        return Stream.of(texts).map(RateLimit::valueOf).toList();
    }
}
