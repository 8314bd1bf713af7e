package io.guildhall.api.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ThrottlePropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ThrottleProperties.class)
    static class Properties {}

    @Test
    void haveTheirDefaults() {
        application.run(context -> assertThat(context.getBean(ThrottleProperties.class))
                .isEqualTo(new ThrottleProperties(
                        new Limit(400, Duration.ofMinutes(1)),
                        new Limit(60, Duration.ofMinutes(1)),
                        new Limit(10, Duration.ofMinutes(15)),
                        new Limit(120, Duration.ofMinutes(1)),
                        new Limit(30, Duration.ofMinutes(10)),
                        new Limit(3, Duration.ofMinutes(10)),
                        new Limit(3, Duration.ofMinutes(10)),
                        new Limit(1, Duration.ofMinutes(1)))));
    }

    @Test
    void canEachBeSet() {
        application
                .withPropertyValues(
                        "guildhall.throttle.requests-per-caller=8/1s",
                        "guildhall.throttle.sign-in-per-address=1/1s",
                        "guildhall.throttle.sign-in-failures-per-account=2/1s",
                        "guildhall.throttle.sign-up-per-address=3/1s",
                        "guildhall.throttle.password-reset-per-address=4/1s",
                        "guildhall.throttle.password-reset-per-account=5/1s",
                        "guildhall.throttle.validation-per-account=6/1s",
                        "guildhall.throttle.invitation-resend=7/1s")
                .run(context -> assertThat(context.getBean(ThrottleProperties.class))
                        .isEqualTo(new ThrottleProperties(
                                times(8), times(1), times(2), times(3), times(4), times(5), times(6), times(7))));
    }

    @Test
    void refuseWhatIsNoLimit() {
        application
                .withPropertyValues("guildhall.throttle.invitation-resend=often")
                .run(context -> assertThat(context).hasFailed());
    }

    private static Limit times(int times) {
        return new Limit(times, Duration.ofSeconds(1));
    }
}
