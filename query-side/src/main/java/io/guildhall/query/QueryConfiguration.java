package io.guildhall.query;

import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.deadletter.EventLookup;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Registers all projections and queries. Requires JDBC access to the read models, the
 * {@link io.guildhall.domain.shared.PersonalDataCipher} that encrypted the events, a
 * {@link io.guildhall.query.user.PublicUrl}, and a {@link io.guildhall.infrastructure.projection.rebuild.ForegroundLoad}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan({"io.guildhall.query", "io.guildhall.infrastructure.auditlog", "io.guildhall.infrastructure.projection"})
public class QueryConfiguration {

    @Bean
    ProjectionWriter projectionWriter(JdbcTemplate jdbc) {
        return new ProjectionWriter(jdbc);
    }

    @Bean
    EventLookup eventLookup(GlobalEventReader events) {
        return position -> events.read(position - 1, position, 1).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No event at position " + position))
                .event();
    }
}
