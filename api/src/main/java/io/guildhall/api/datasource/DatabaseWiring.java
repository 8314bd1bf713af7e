package io.guildhall.api.datasource;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.axonframework.eventhandling.GenericEventMessage;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The pool of connections under supervision, and the clock. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {

    @Bean
    NodeClock nodeClock() {
        return NodeClock.SYSTEM;
    }

    /**
     * The one clock of the service, also of the times of events: Axon takes them from a static clock. PostgreSQL keeps microseconds, Axon
     * Server milliseconds.
     */
    @Bean
    Clock clock(JdbcTemplate jdbc, NodeClock node, @Value("${axon.axonserver.enabled:false}") boolean axonServer) {
        Clock clock = new DatabaseClock(jdbc, node, axonServer ? ChronoUnit.MILLIS : ChronoUnit.MICROS);
        GenericEventMessage.clock = clock;
        return clock;
    }

    @Bean
    static BeanPostProcessor watchedPools() {
        return new BeanPostProcessor() {

            /** Not before, when it does not yet know where an embedded database is. */
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null
                        ? new WatchedPool(pool)
                        : bean;
            }
        };
    }
}
