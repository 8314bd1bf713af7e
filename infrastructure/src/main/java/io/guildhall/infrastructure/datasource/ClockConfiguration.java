package io.guildhall.infrastructure.datasource;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.axonframework.eventhandling.GenericEventMessage;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    @Bean
    NodeClock nodeClock() {
        return NodeClock.SYSTEM;
    }

    /**
     * The only clock of the service. Also sets Axon's static clock of event times. PostgreSQL stores microseconds, Axon
     * Server milliseconds.
     */
    @Bean
    Clock clock(JdbcTemplate jdbc, NodeClock node, @Value("${axon.axonserver.enabled:false}") boolean axonServer) {
        Clock clock = new DatabaseClock(jdbc, node, axonServer ? ChronoUnit.MILLIS : ChronoUnit.MICROS);
        GenericEventMessage.clock = clock;
        return clock;
    }
}
