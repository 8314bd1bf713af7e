package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class RequestPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(RequestProperties.class)
    static class Properties {}

    @Test
    void haveTheirDefaults() {
        application.run(context -> assertThat(context.getBean(RequestProperties.class))
                .isEqualTo(new RequestProperties(Duration.ofSeconds(10), Duration.ofSeconds(20))));
    }

    @Test
    void canEachBeSet() {
        application
                .withPropertyValues("guildhall.requests.head=1s", "guildhall.requests.body=2s")
                .run(context -> assertThat(context.getBean(RequestProperties.class))
                        .isEqualTo(new RequestProperties(Duration.ofSeconds(1), Duration.ofSeconds(2))));
    }

    @Test
    void refuseNoTimeAtAll() {
        application
                .withPropertyValues("guildhall.requests.body=0s")
                .run(context -> assertThat(context).hasFailed());
    }
}
