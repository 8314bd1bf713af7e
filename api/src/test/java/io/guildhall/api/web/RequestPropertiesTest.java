package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class RequestPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(RequestProperties.class)
    static class Properties {}

    @Test
    void haveTheirDefaults() {
        application.run(context -> assertThat(context.getBean(RequestProperties.class))
                .isEqualTo(new RequestProperties(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        DataSize.ofKilobytes(8))));
    }

    @Test
    void canEachBeSet() {
        application
                .withPropertyValues(
                        "guildhall.requests.head=1s",
                        "guildhall.requests.body=2s",
                        "guildhall.requests.answer=3s",
                        "guildhall.requests.unread=4s",
                        "guildhall.requests.pace=5B")
                .run(context -> assertThat(context.getBean(RequestProperties.class))
                        .isEqualTo(new RequestProperties(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                DataSize.ofBytes(5))));
    }

    @Test
    void refuseNoTimeAtAll() {
        for (String none : List.of("body=0s", "answer=0s", "unread=0s", "pace=0B")) {
            application
                    .withPropertyValues("guildhall.requests." + none)
                    .run(context -> assertThat(context).hasFailed());
        }
    }
}
