package io.guildhall.infrastructure.config;

import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.User;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import io.guildhall.infrastructure.axonserver.EventStoreMismatchException;
import io.guildhall.infrastructure.command.PostgresReadModelProgress;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.encryption.JdbcPersonalDataCipher;
import io.guildhall.infrastructure.encryption.KeyEncryptionKeys;
import io.guildhall.infrastructure.encryption.MasterKey;
import io.guildhall.infrastructure.eventstore.EventUpcasters;
import io.guildhall.infrastructure.eventstore.PostgresEventReader;
import io.guildhall.infrastructure.eventstore.PostgresEventStorageEngine;
import io.guildhall.infrastructure.eventstore.PostgresTrailReader;
import io.guildhall.infrastructure.eventstore.RecordSnapshotter;
import io.guildhall.infrastructure.observability.AppendMetrics;
import io.guildhall.infrastructure.observability.Tracing;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.SimpleQueryBus;
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
class PostgresConfiguration {

    @Bean
    EventStorageEngine eventStorageEngine(
            DataSource dataSource,
            TransactionManager transactions,
            Serializer serializer,
            ProjectionWriter projectionWriter) {
        return PostgresEventStorageEngine.over(
                dataSource, transactions, serializer, EventUpcasters.chain(), projectionWriter);
    }

    @Bean
    EventStore eventStore(EventStorageEngine engine, MeterRegistry meters, Tracing tracing) {
        EventStore store = EmbeddedEventStore.builder().storageEngine(engine).build();
        store.registerDispatchInterceptor(AppendMetrics.ofOneTransaction(meters, tracing));
        return store;
    }

    @Bean
    RecordSnapshotter snapshotter(EventStore events, TransactionManager transactions) {
        return RecordSnapshotter.of(events, transactions, User.class, Organization.class);
    }

    @Bean
    GlobalEventReader storedEvents(JdbcTemplate jdbc, DataSource dataSource, Serializer serializer) {
        return new PostgresEventReader(jdbc, dataSource, serializer, EventUpcasters.chain());
    }

    @Bean
    TrailEvents trailEvents(JdbcTemplate jdbc) {
        return new PostgresTrailReader(jdbc);
    }

    @Bean
    QueryBus queryBus(org.axonframework.config.Configuration axon) {
        return queriesOfThisProcess(axon);
    }

    /** A query is one statement, which needs no transaction around it: that would be a round trip more. */
    static SimpleQueryBus queriesOfThisProcess(org.axonframework.config.Configuration axon) {
        return SimpleQueryBus.builder()
                .messageMonitor(axon.messageMonitor(QueryBus.class, "queryBus"))
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
    }

    /** @throws EventStoreMismatchException when the read models of this database follow an Axon Server */
    @Bean
    ReadModelProgress positions(JdbcTemplate jdbc) {
        if (Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select from read_models_segments)", Boolean.class))) {
            throw EventStoreMismatchException.eventsInServer();
        }
        return new PostgresReadModelProgress(jdbc);
    }

    /** Projections run in the command's transaction, and what they cannot do fails the command. */
    @Autowired
    void projections(EventProcessingConfigurer processing) {
        processing.usingSubscribingEventProcessors();
    }

    @Bean
    PersonalDataCipher personalData(
            JdbcTemplate jdbc, MasterKey master, KeyEncryptionKeys wrapping, ApplicationEventPublisher erasures) {
        return new JdbcPersonalDataCipher(jdbc, master, wrapping, erasures::publishEvent);
    }
}
