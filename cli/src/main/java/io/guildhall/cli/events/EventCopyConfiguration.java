package io.guildhall.cli.events;

import io.guildhall.infrastructure.axonserver.AxonServerEventClient;
import io.guildhall.infrastructure.axonserver.SegmentTokenStore;
import io.guildhall.infrastructure.eventstore.EventSerializers;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** The beans of the service that the copy uses: both stores, without background work. */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    TransactionAutoConfiguration.class
})
@ComponentScan({
    "io.guildhall.infrastructure.datadirectory",
    "io.guildhall.infrastructure.datasource",
    "io.guildhall.infrastructure.embeddedpostgres",
    "io.guildhall.infrastructure.encryption"
})
public class EventCopyConfiguration {

    @Bean(initMethod = "start", destroyMethod = "shutdown")
    AxonServerConnectionManager connections(Environment environment) {
        AxonServerConfiguration configuration = Binder.get(environment)
                .bindOrCreate("axon.axonserver", Bindable.ofInstance(new AxonServerConfiguration()));
        configuration.setComponentName("guildhall-events-copy");
        return AxonServerConnectionManager.builder()
                .axonServerConfiguration(configuration)
                .build();
    }

    @Bean
    AxonServerEventClient axonServerEventClient(AxonServerConnectionManager connections) {
        return new AxonServerEventClient(
                connections, Jackson3Serializer.builder().build());
    }

    @Bean
    SegmentTokenStore segmentTokenStore(JdbcTemplate jdbc, DataSource dataSource) {
        return new SegmentTokenStore(jdbc, dataSource, EventSerializers.serializer());
    }
}
