package io.guildhall.query;

import io.guildhall.query.deadletter.EventAt;
import io.guildhall.query.rebuild.StoredEvents;
import io.guildhall.query.store.Rows;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * All projections and queries. Needs of whoever imports it: JDBC access to the read models, the
 * {@link io.guildhall.domain.shared.PersonalDataCipher} that the events were sealed with, a
 * {@link io.guildhall.query.user.PublicUrl}, and a {@link io.guildhall.query.rebuild.Demand}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class QuerySide {

    @Bean
    Rows rows(JdbcTemplate jdbc) {
        return new Rows(jdbc);
    }

    @Bean
    EventAt eventAt(StoredEvents events) {
        return position -> events.read(position - 1, position, 1).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no event at position " + position))
                .event();
    }
}
