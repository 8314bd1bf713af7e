package io.guildhall.api.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ShutdownPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ShutdownProperties.class)
    static class Properties {}

    @Test
    void haveTheirDefaults() {
        application.run(context -> {
            ShutdownProperties properties = context.getBean(ShutdownProperties.class);
            assertThat(properties).isEqualTo(new ShutdownProperties(null));
            assertThat(properties.drain(false)).isEqualTo(Duration.ofSeconds(5));
            assertThat(properties.drain(true)).isZero();
        });
    }

    @Test
    void canBeSet() {
        application.withPropertyValues("guildhall.shutdown.drain=7s").run(context -> {
            ShutdownProperties properties = context.getBean(ShutdownProperties.class);
            assertThat(properties).isEqualTo(new ShutdownProperties(Duration.ofSeconds(7)));
            assertThat(properties.drain(true)).isEqualTo(Duration.ofSeconds(7));
        });
    }

    @Test
    void refuseWhatIsNoTime() {
        application
                .withPropertyValues("guildhall.shutdown.drain=-1s")
                .run(context -> assertThat(context).hasFailed());
    }
}
