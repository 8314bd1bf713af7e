package io.guildhall.api.wiring;

import io.guildhall.api.axonserver.EventStoreMismatchException;
import io.guildhall.api.secret.MasterKey;
import io.guildhall.api.secret.WrappingKeys;
import io.guildhall.api.store.EventUpcasters;
import io.guildhall.api.store.JdbcPersonalDataCipher;
import io.guildhall.api.store.PostgresEvents;
import io.guildhall.api.store.PostgresHistory;
import io.guildhall.api.store.PostgresTrail;
import io.guildhall.api.store.RecordSnapshotter;
import io.guildhall.api.telemetry.AppendReports;
import io.guildhall.api.telemetry.Traces;
import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.User;
import io.guildhall.query.proof.TrailEvents;
import io.guildhall.query.rebuild.StoredEvents;
import io.guildhall.query.store.Rows;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The events in PostgreSQL, beside the read models and in one transaction with them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false", matchIfMissing = true)
class PostgresWiring {

    @Bean
    EventStorageEngine eventStorageEngine(
            DataSource dataSource, TransactionManager transactions, Serializer serializer, Rows rows) {
        return PostgresEvents.over(dataSource, transactions, serializer, EventUpcasters.chain(), rows);
    }

    @Bean
    EventStore eventStore(EventStorageEngine engine, MeterRegistry meters, Traces traces) {
        EventStore store = EmbeddedEventStore.builder().storageEngine(engine).build();
        store.registerDispatchInterceptor(AppendReports.ofOneTransaction(meters, traces));
        return store;
    }

    @Bean
    RecordSnapshotter snapshotter(EventStore events, TransactionManager transactions) {
        return RecordSnapshotter.of(events, transactions, User.class, Organization.class);
    }

    @Bean
    StoredEvents storedEvents(JdbcTemplate jdbc, DataSource dataSource, Serializer serializer) {
        return new PostgresHistory(jdbc, dataSource, serializer, EventUpcasters.chain());
    }

    @Bean
    TrailEvents trailEvents(JdbcTemplate jdbc) {
        return new PostgresTrail(jdbc);
    }

    @Bean
    QueryBus queryBus(org.axonframework.config.Configuration axon) {
        return AxonWiring.queriesOfThisProcess(axon);
    }

    /** @throws EventStoreMismatchException when the read models of this database follow an Axon Server */
    @Bean
    Positions positions(JdbcTemplate jdbc) {
        if (Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select from read_models_segments)", Boolean.class))) {
            throw EventStoreMismatchException.eventsInServer();
        }
        return new PostgresPositions(jdbc);
    }

    /** Projections run in the command's transaction, and what they cannot do fails the command. */
    @Autowired
    void projections(EventProcessingConfigurer processing) {
        processing.usingSubscribingEventProcessors();
    }

    @Bean
    PersonalDataCipher personalData(
            JdbcTemplate jdbc, MasterKey master, WrappingKeys wrapping, ApplicationEventPublisher erasures) {
        return new JdbcPersonalDataCipher(jdbc, master, wrapping, erasures::publishEvent);
    }
}
