package io.guildhall.api.ending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class EndingPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EndingProperties.class)
    static class Properties {}

    @Test
    void haveTheirDefaults() {
        application.run(context -> {
            EndingProperties properties = context.getBean(EndingProperties.class);
            assertThat(properties).isEqualTo(new EndingProperties(null, Duration.ofSeconds(10)));
            assertThat(properties.drain(false)).isEqualTo(Duration.ofSeconds(5));
            assertThat(properties.drain(true)).isZero();
        });
    }

    @Test
    void canEachBeSet() {
        application
                .withPropertyValues("guildhall.ending.drain=7s", "guildhall.ending.finish=3s")
                .run(context -> {
                    EndingProperties properties = context.getBean(EndingProperties.class);
                    assertThat(properties)
                            .isEqualTo(new EndingProperties(Duration.ofSeconds(7), Duration.ofSeconds(3)));
                    assertThat(properties.drain(true)).isEqualTo(Duration.ofSeconds(7));
                });
    }

    @Test
    void refuseWhatIsNoTime() {
        application
                .withPropertyValues("guildhall.ending.drain=-1s")
                .run(context -> assertThat(context).hasFailed());
    }
}
