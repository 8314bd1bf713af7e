package io.guildhall.api.wiring;

import io.guildhall.api.axonserver.Feed;
import io.guildhall.api.axonserver.LateForgetting;
import io.guildhall.api.axonserver.ServerCommands;
import io.guildhall.api.axonserver.ServerEvents;
import io.guildhall.api.axonserver.ServerHealth;
import io.guildhall.api.axonserver.ServerHistory;
import io.guildhall.api.axonserver.ServerQueries;
import io.guildhall.api.axonserver.ServerReach;
import io.guildhall.api.axonserver.ServerTrail;
import io.guildhall.api.axonserver.ServerWatch;
import io.guildhall.api.axonserver.Shown;
import io.guildhall.api.axonserver.Tail;
import io.guildhall.api.axonserver.TrailNumbering;
import io.guildhall.api.secret.MasterKey;
import io.guildhall.api.secret.WrappingKeys;
import io.guildhall.api.store.Appended;
import io.guildhall.api.store.JdbcPersonalDataCipher;
import io.guildhall.api.store.Position;
import io.guildhall.api.store.RecordSnapshotter;
import io.guildhall.api.store.SnapshotRevisions;
import io.guildhall.api.telemetry.AppendReports;
import io.guildhall.api.telemetry.Traces;
import io.guildhall.api.telemetry.Travelling;
import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.user.User;
import io.guildhall.query.proof.TrailEvents;
import io.guildhall.query.rebuild.StoredEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.commandhandling.distributed.UnresolvedRoutingKeyPolicy;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/** The events in an Axon Server, which several processes share; the read models in PostgreSQL follow it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "true")
class AxonServerWiring {

    @Bean
    EventStore eventStore(
            AxonServerConfiguration configuration,
            AxonServerConnectionManager connections,
            Serializer serializer,
            MeterRegistry meters,
            Traces traces) {
        EventStore store = AxonServerEventStore.builder()
                .configuration(configuration)
                .platformConnectionManager(connections)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .snapshotFilter(SnapshotRevisions.FILTER)
                .build();
        store.registerDispatchInterceptor(AppendReports.ofSharedStore(meters, traces));
        store.registerDispatchInterceptor(events -> {
            Position.reached(Appended.somewhere(events.getLast().getIdentifier()));
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
            org.axonframework.config.Configuration axon, CorrelationDataProvider act, Traces traces) {
        CommandBus handlers = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus"))
                .build();
        handlers.registerHandlerInterceptor(new Travelling(traces));
        handlers.registerHandlerInterceptor(new CorrelationDataInterceptor<>(act));
        return new Answers(handlers);
    }

    /** The server gives a command to one of the processes, all those of an organization or user to the same. */
    @Bean
    @Primary
    ServerCommands commandBus(
            AxonServerConfiguration configuration,
            AxonServerConnectionManager connections,
            ServerReach reach,
            Serializer serializer,
            @Qualifier("localSegment") CommandBus handlers,
            Traces traces) {
        var bus = new ServerCommands(
                AxonServerCommandBus.builder()
                        .configuration(configuration)
                        .axonServerConnectionManager(connections)
                        .serializer(serializer)
                        .routingStrategy(AnnotationRoutingStrategy.builder()
                                .fallbackRoutingStrategy(UnresolvedRoutingKeyPolicy.ERROR)
                                .build())
                        .localSegment(handlers),
                reach);
        bus.registerDispatchInterceptor(new Travelling(traces));
        return bus;
    }

    @Bean
    ServerQueries queryBus(
            AxonServerConfiguration configuration,
            AxonServerConnectionManager connections,
            ServerReach reach,
            Serializer serializer,
            org.axonframework.config.Configuration axon,
            Traces traces) {
        SimpleQueryBus handlers = AxonWiring.queriesOfThisProcess(axon);
        AxonServerQueryBus.Builder builder = AxonServerQueryBus.builder()
                .configuration(configuration)
                .axonServerConnectionManager(connections)
                .messageSerializer(serializer)
                .genericSerializer(serializer)
                .localSegment(handlers)
                .updateEmitter(handlers.queryUpdateEmitter());
        var bus = new ServerQueries(
                configuration.isShortcutQueriesToLocalHandlers() ? builder.enabledLocalSegmentShortCut() : builder,
                reach);
        bus.registerDispatchInterceptor(new Travelling(traces));
        return bus;
    }

    @Bean
    ServerReach serverReach() {
        return new ServerReach();
    }

    @Bean
    ServerEvents serverEvents(AxonServerConnectionManager connections, ServerReach reach, Serializer serializer) {
        return new ServerEvents(connections, reach, serializer);
    }

    @Bean
    ServerWatch serverWatch(ServerEvents events, ServerReach reach) {
        return new ServerWatch(events, reach);
    }

    @Bean
    Shown shown(JdbcTemplate jdbc) {
        return new Shown(jdbc);
    }

    @Bean
    Feed feed(
            ServerEvents events,
            Shown shown,
            JdbcTemplate jdbc,
            DataSource dataSource,
            TransactionManager transactions) {
        return new Feed(events, shown, jdbc, dataSource, transactions);
    }

    /** Projections and reactions are fed; nothing of them runs before the events are stored. */
    @Bean
    ConfigurerModule fed(ObjectProvider<Feed> feed) {
        return axon -> axon.eventProcessing(processing -> processing.registerEventProcessorFactory(
                (name, configuration, handlers) -> feed.getObject().processor(name, handlers)));
    }

    @Bean
    StoredEvents storedEvents(ServerEvents events, Feed feed, JdbcTemplate jdbc) {
        return new ServerHistory(events, feed, new TrailNumbering(jdbc));
    }

    @Bean
    TrailEvents trailEvents(ServerEvents events, Serializer serializer, JdbcTemplate jdbc) {
        return new ServerTrail(events, serializer, jdbc);
    }

    @Bean
    Tail tail(ServerEvents events) {
        return new Tail(events);
    }

    @Bean
    Positions positions(ServerEvents events, Tail tail, Shown shown, Clock clock) {
        return new ServerPositions(events, tail, shown, clock);
    }

    @Bean
    LateForgetting personalData(JdbcTemplate jdbc, MasterKey master, WrappingKeys wrapping) {
        return new LateForgetting(new JdbcPersonalDataCipher(jdbc, master, wrapping));
    }

    @Bean
    ServerHealth axonServer(ServerEvents events, Shown shown) {
        return new ServerHealth(events, shown);
    }
}
