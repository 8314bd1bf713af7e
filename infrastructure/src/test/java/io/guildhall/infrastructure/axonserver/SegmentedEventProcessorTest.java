package io.guildhall.infrastructure.axonserver;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.infrastructure.eventstore.EventSerializers;
import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import io.guildhall.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The event processor with events in memory and one table as read model. */
class SegmentedEventProcessorTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration A_WHILE = Duration.ofMillis(700);
    private static final String ACME = streamOf(2);
    private static final String BETA = streamOf(5);

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
    private volatile boolean failing;
    private final EventStore stored = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final EventStore store = (EventStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                if (failing && method.getName().equals("openStream")) {
                    throw new IllegalStateException("no stream");
                }
                return method.invoke(stored, arguments);
            });
    private final AxonServerEventClient server = mock();
    private final AtomicLong last = new AtomicLong();
    private final List<Node> nodes = new ArrayList<>();

    private record Node(SegmentedEventProcessor processor, ReadModelProgressTracker progress) {}

    @BeforeEach
    void begin() {
        jdbc.execute("create table told (stream text, sequence bigint)");
        when(server.last()).thenAnswer(call -> last.get());
    }

    @AfterEach
    void end() {
        nodes.forEach(node -> node.processor().shutDown());
    }

    private Node node() {
        var segments = new SegmentTokenStore(jdbc, database, EventSerializers.serializer());
        var progress = new ReadModelProgressTracker(segments);
        var reader = new AxonServerEventReader(store);
        var handlers = SimpleEventHandlerInvoker.builder()
                .eventHandlers(List.of(new Telling()))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .sequencingPolicy(new TrailSequencingPolicy())
                .build();
        var processor = new SegmentedEventProcessor(
                store,
                new MultiEventHandlerInvoker(handlers),
                segments,
                new SegmentClaims(server, segments, jdbc),
                progress,
                new EventPositionIndex(reader, server, progress),
                new StartupConsistencyCheck(server, segments, jdbc, new TransactionTemplate(transactions)),
                new SpringTransactionManager(transactions),
                new TrailNumbering(jdbc),
                new ProjectionWriter(jdbc),
                Clock.systemUTC());
        var node = new Node(processor, progress);
        nodes.add(node);
        return node;
    }

    private Node started() {
        Node node = node();
        node.processor().start();
        return node;
    }

    @ProcessingGroup("told")
    private final class Telling {

        @EventHandler
        void on(String payload, DomainEventMessage<?> event) {
            if (!payload.equals("poison")) {
                tell(event);
            } else if (!DeadLetterMode.isActive()) {
                throw ProjectionException.because("it is poison");
            }
        }

        @EventHandler
        void on(UserErased payload, DomainEventMessage<?> event) {
            tell(event);
        }

        private void tell(DomainEventMessage<?> event) {
            jdbc.update("insert into told values (?, ?)", event.getAggregateIdentifier(), event.getSequenceNumber());
        }
    }

    @Test
    void projectsEachEventOnceAndTellsHowFarItIs() throws Exception {
        Node node = started();
        append(event(ACME, 0), event(BETA, 0), event(ACME, 1));

        assertThat(node.progress().await(3, Segments.ALL, SOON)).isTrue();
        assertThat(told()).containsExactlyInAnyOrder(ACME + " 0", BETA + " 0", ACME + " 1");
        assertThat(node.progress().position()).isEqualTo(3);
        assertThat(node.progress().awaitEvent(idOf(2), SOON)).hasValue(2);
    }

    @Test
    void goesOnAfterAnEventThatNoProjectionHandles() throws Exception {
        Node node = started();
        append(event(ACME, 0), new GenericDomainEventMessage<>("User", BETA, 0, 42));

        assertThat(node.progress().await(2, Segments.ALL, SOON)).isTrue();
        assertThat(node.progress().position()).isEqualTo(2);
    }

    /** Otherwise the trail would lack the event (R19). A node of the later version projects it. */
    @Test
    void doesNotPassOverAnEventOfALaterVersion() throws Exception {
        Node node = started();
        var unknown = new UnknownSerializedType(
                EventSerializers.serializer(),
                new SimpleSerializedObject<>("{}", String.class, "member.suspended", "1"));
        append(event(ACME, 0), new GenericDomainEventMessage<>("Organization", ACME, 1, unknown), event(ACME, 2));
        append(event(BETA, 0));

        await().atMost(SOON).until(() -> told().contains(BETA + " 0"));
        assertThat(node.progress().await(3, Segments.ALL, A_WHILE)).isFalse();
        assertThat(told()).doesNotContain(ACME + " 2");
    }

    @Test
    void leavesOutWhatAProjectionCannotHandle() throws Exception {
        Node node = started();
        append(event(ACME, 0), new GenericDomainEventMessage<>("User", ACME, 1, "poison"), event(ACME, 2));

        assertThat(node.progress().await(3, Segments.ALL, SOON)).isTrue();
        assertThat(told()).containsExactly(ACME + " 0", ACME + " 2");
    }

    @Test
    void sharesTheSegmentsAndTakesOverThoseOfANodeThatEnds() throws Exception {
        Node first = started();
        Node second = started();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(nodes)
                        .extracting(node -> node.processor().processingStatus().size())
                        .containsExactly(8, 8));

        second.processor().shutDown();
        append(LongStream.range(0, 20)
                .mapToObj(n -> event(UUID.randomUUID().toString(), 0))
                .toArray(GenericDomainEventMessage[]::new));

        assertThat(first.progress().await(20, Segments.ALL, SOON)).isTrue();
        assertThat(told()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void passesOverWhatAnotherNodeHasProjectedForIt() throws Exception {
        Node node = started();
        append(event(BETA, 0));
        assertThat(node.progress().await(1, Segments.ALL, SOON)).isTrue();
        node.processor().shutDown();
        append(event(ACME, 0));

        node().processor().projectForOthers(new AxonServerEventReader(store).read(1, 2, 10), 2);
        append(event(ACME, 1));
        started().progress().await(3, Segments.ALL, SOON);

        assertThat(told()).containsExactly(BETA + " 0", ACME + " 0", ACME + " 1");
    }

    /** Otherwise another batch could decrypt data and store it after its key is destroyed (R20). */
    @Test
    void destroysKeysWhileNobodyElseProjects() throws Exception {
        Node node = started();
        try (Connection another = database.getConnection()) {
            execute(another, "select pg_advisory_lock_shared(" + SegmentTokenStore.PROJECTION_LOCK + ")");
            append(event(ACME, 0));
            await().atMost(SOON).until(() -> told().contains(ACME + " 0"));
            append(new GenericDomainEventMessage<>("User", BETA, 0, new UserErased(UUID.randomUUID(), "hash")));
            await().during(A_WHILE).until(() -> !told().contains(BETA + " 0"));
            execute(another, "select pg_advisory_unlock_shared(" + SegmentTokenStore.PROJECTION_LOCK + ")");
        }
        assertThat(node.progress().await(2, Segments.ALL, SOON)).isTrue();
    }

    /** Axon's next attempt would be 8 s after the previous one. */
    @Test
    @Tag("e2e")
    void goesOnSoonAfterALongFailure() throws Exception {
        Node node = started();
        append(event(ACME, 0));
        assertThat(node.progress().await(1, Segments.ALL, SOON)).isTrue();

        failing = true;
        for (int segment = 0; segment < Segments.COUNT; segment++) {
            node.processor().releaseSegment(segment, 500, MILLISECONDS);
        }
        await().atMost(SOON).until(() -> node.processor().isError());
        Thread.sleep(Duration.ofSeconds(9));
        append(event(ACME, 1));
        failing = false;

        assertThat(node.progress().await(2, Segments.ALL, Duration.ofSeconds(5)))
                .isTrue();
        assertThat(told()).containsExactly(ACME + " 0", ACME + " 1");
    }

    private void append(DomainEventMessage<?>... events) {
        stored.publish(events);
        last.addAndGet(events.length);
    }

    private String idOf(long position) {
        return new AxonServerEventReader(store)
                .read(position - 1, position, 1)
                .getFirst()
                .getIdentifier();
    }

    private List<String> told() {
        return jdbc.queryForList("select stream || ' ' || sequence from told", String.class);
    }

    private static GenericDomainEventMessage<?> event(String stream, long sequence) {
        return new GenericDomainEventMessage<>("Organization", stream, sequence, "something");
    }

    private static String streamOf(int segment) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .filter(stream -> Segments.of(new GenericDomainEventMessage<>("User", stream, 0, "")) == segment)
                .findFirst()
                .orElseThrow();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
