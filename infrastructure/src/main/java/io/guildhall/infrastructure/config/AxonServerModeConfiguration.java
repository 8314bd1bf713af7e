package io.guildhall.infrastructure.config;

import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.user.User;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import io.guildhall.infrastructure.axonserver.AxonServerEventClient;
import io.guildhall.infrastructure.axonserver.AxonServerEventReader;
import io.guildhall.infrastructure.axonserver.AxonServerEventStoreFactory;
import io.guildhall.infrastructure.axonserver.AxonServerHealth;
import io.guildhall.infrastructure.axonserver.AxonServerStoredEvents;
import io.guildhall.infrastructure.axonserver.AxonServerTrailEvents;
import io.guildhall.infrastructure.axonserver.DeferredKeyErasure;
import io.guildhall.infrastructure.axonserver.EventPositionIndex;
import io.guildhall.infrastructure.axonserver.LocalFallbackQueryBus;
import io.guildhall.infrastructure.axonserver.ReadModelProgressTracker;
import io.guildhall.infrastructure.axonserver.SegmentClaims;
import io.guildhall.infrastructure.axonserver.SegmentTokenStore;
import io.guildhall.infrastructure.axonserver.SegmentedEventProcessor;
import io.guildhall.infrastructure.axonserver.Segments;
import io.guildhall.infrastructure.axonserver.StartupConsistencyCheck;
import io.guildhall.infrastructure.axonserver.TrailNumbering;
import io.guildhall.infrastructure.command.AxonServerReadModelProgress;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.command.RemoteCommandResponder;
import io.guildhall.infrastructure.encryption.KeyEncryptionKeys;
import io.guildhall.infrastructure.encryption.MasterKey;
import io.guildhall.infrastructure.eventstore.AppendResult;
import io.guildhall.infrastructure.eventstore.EventUpcasters;
import io.guildhall.infrastructure.eventstore.RecordSnapshotter;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.observability.AppendMetrics;
import io.guildhall.infrastructure.observability.MessageTracePropagation;
import io.guildhall.infrastructure.observability.Tracing;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.commandhandling.distributed.UnresolvedRoutingKeyPolicy;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The events in an Axon Server, which several processes share; the read models in PostgreSQL follow it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "true")
class AxonServerModeConfiguration {

    @Bean
    EventStore eventStore(
            AxonServerConfiguration configuration,
            AxonServerConnectionManager connections,
            Serializer serializer,
            MeterRegistry meters,
            Tracing tracing) {
        EventStore store =
                AxonServerEventStoreFactory.create(configuration, connections, serializer, EventUpcasters.chain());
        store.registerDispatchInterceptor(AppendMetrics.ofSharedStore(meters, tracing));
        store.registerDispatchInterceptor(events -> {
            AppendResult.somewhere(events.getLast().getIdentifier(), Segments.ofAll(events))
                    .record();
            return (index, event) -> event;
        });
        store.registerDispatchInterceptor(events -> (index, event) -> DomainEvent.trailOf(event) instanceof UUID trail
                ? event.andMetaData(Map.of(DomainEvent.TRAIL, trail.toString()))
                : event);
        return store;
    }

    @Bean
    RecordSnapshotter snapshotter(EventStore events) {
        return RecordSnapshotter.of(events, NoTransactionManager.INSTANCE, User.class, Organization.class);
    }

    /** In no transaction of the database: what a command writes there is there before its events are. */
    @Bean
    @Qualifier("localSegment") CommandBus commandsOfThisProcess(
            org.axonframework.config.Configuration axon, List<CorrelationDataProvider> metaData, Tracing tracing) {
        CommandBus handlers = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus"))
                .build();
        handlers.registerHandlerInterceptor(new MessageTracePropagation(tracing));
        handlers.registerHandlerInterceptor(new CorrelationDataInterceptor<>(metaData));
        return new RemoteCommandResponder(handlers);
    }

    /** Events say which idempotency key they belong to: they are stored in no transaction with the keys. */
    @Bean
    CorrelationDataProvider idempotencyKeyOfTheCommand() {
        return new SimpleCorrelationDataProvider(IdempotentExecution.KEY);
    }

    /** The server gives a command to one of the processes, all those of an organization or user to the same. */
    @Bean
    @Primary
    AxonServerCommandBus commandBus(
            AxonServerConfiguration configuration,
            AxonServerConnectionManager connections,
            Serializer serializer,
            @Qualifier("localSegment") CommandBus handlers,
            Tracing tracing) {
        AxonServerCommandBus bus = AxonServerCommandBus.builder()
                .configuration(configuration)
                .axonServerConnectionManager(connections)
                .serializer(serializer)
                .routingStrategy(AnnotationRoutingStrategy.builder()
                        .fallbackRoutingStrategy(UnresolvedRoutingKeyPolicy.ERROR)
                        .build())
                .localSegment(handlers)
                .build();
        bus.registerDispatchInterceptor(new MessageTracePropagation(tracing));
        return bus;
    }

    @Bean
    LocalFallbackQueryBus queryBus(
            AxonServerConfiguration configuration,
            AxonServerConnectionManager connections,
            Serializer serializer,
            org.axonframework.config.Configuration axon,
            Tracing tracing) {
        SimpleQueryBus handlers = PostgresConfiguration.queriesOfThisProcess(axon);
        AxonServerQueryBus.Builder builder = AxonServerQueryBus.builder()
                .configuration(configuration)
                .axonServerConnectionManager(connections)
                .messageSerializer(serializer)
                .genericSerializer(serializer)
                .localSegment(handlers)
                .updateEmitter(handlers.queryUpdateEmitter());
        var bus = new LocalFallbackQueryBus(
                configuration.isShortcutQueriesToLocalHandlers() ? builder.enabledLocalSegmentShortCut() : builder);
        bus.registerDispatchInterceptor(new MessageTracePropagation(tracing));
        return bus;
    }

    @Bean
    AxonServerEventClient axonServerEventClient(AxonServerConnectionManager connections, Serializer serializer) {
        return new AxonServerEventClient(connections, serializer);
    }

    @Bean
    AxonServerEventReader axonServerEventReader(EventStore events) {
        return new AxonServerEventReader(events);
    }

    /** Claims are compared between nodes by their times. */
    @Bean
    SegmentTokenStore segmentTokenStore(JdbcTemplate jdbc, DataSource dataSource, Serializer serializer, Clock clock) {
        AbstractTokenEntry.clock = clock;
        return new SegmentTokenStore(jdbc, dataSource, serializer);
    }

    @Bean
    ReadModelProgressTracker readModelProgressTracker(SegmentTokenStore segments) {
        return new ReadModelProgressTracker(segments);
    }

    /** One processor for all projections and reactions: they see each event in one transaction. */
    @Bean
    ConfigurerModule eventProcessor(
            ObjectProvider<EventStore> store,
            ObjectProvider<ProjectionWriter> projectionWriter,
            AxonServerEventClient client,
            ObjectProvider<AxonServerEventReader> reader,
            SegmentTokenStore segments,
            ReadModelProgressTracker progress,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        return axon -> axon.eventProcessing(processing -> processing
                .assignProcessingGroup(group -> SegmentTokenStore.PROCESSOR)
                .registerDefaultSequencingPolicy(configuration -> new TrailSequencingPolicy())
                .registerEventProcessorFactory((name, configuration, handlers) -> new SegmentedEventProcessor(
                        store.getObject(),
                        handlers,
                        segments,
                        new SegmentClaims(client, segments, jdbc),
                        progress,
                        new EventPositionIndex(reader.getObject(), client, progress),
                        new StartupConsistencyCheck(client, segments, jdbc, new TransactionTemplate(transactions)),
                        new SpringTransactionManager(transactions),
                        new TrailNumbering(jdbc),
                        projectionWriter.getObject(),
                        clock)));
    }

    @Bean
    GlobalEventReader storedEvents(
            AxonServerEventReader events,
            SegmentTokenStore segments,
            JdbcTemplate jdbc,
            DataSource dataSource,
            ObjectProvider<org.axonframework.config.Configuration> axon) {
        return new AxonServerStoredEvents(
                events, segments, new TrailNumbering(jdbc), dataSource, () -> processor(axon));
    }

    private static SegmentedEventProcessor processor(ObjectProvider<org.axonframework.config.Configuration> axon) {
        return axon.getObject()
                .eventProcessingConfiguration()
                .eventProcessor(SegmentTokenStore.PROCESSOR, SegmentedEventProcessor.class)
                .orElseThrow();
    }

    @Bean
    TrailEvents trailEvents(AxonServerEventClient events, Serializer serializer, JdbcTemplate jdbc) {
        return new AxonServerTrailEvents(events, serializer, jdbc);
    }

    @Bean
    ReadModelProgress positions(
            AxonServerEventClient client,
            AxonServerEventReader events,
            ReadModelProgressTracker progress,
            Clock clock,
            ObjectProvider<org.axonframework.config.Configuration> axon) {
        return new AxonServerReadModelProgress(client, events, progress, clock, () -> processor(axon));
    }

    @Bean
    DeferredKeyErasure personalData(
            JdbcTemplate jdbc, MasterKey master, KeyEncryptionKeys wrapping, ApplicationEventPublisher erasures) {
        return new DeferredKeyErasure(jdbc, master, wrapping, erasures::publishEvent);
    }

    @Bean
    AxonServerHealth axonServer(AxonServerEventClient events, ReadModelProgressTracker progress) {
        return new AxonServerHealth(events, progress);
    }
}
