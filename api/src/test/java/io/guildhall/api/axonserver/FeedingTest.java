package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.api.axonserver.Feeding.Gate;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The feeding of segments, with a table in place of the read models. */
class FeedingTest {

    private static final Duration A_WHILE = Duration.ofMillis(300);
    private static final String ACME = streamOf(2);
    private static final String BETA = streamOf(5);

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final Segments segments = new Segments(jdbc);
    private final TransactionManager transactions =
            new SpringTransactionManager(new DataSourceTransactionManager(database));
    private final Feeding feeding = new Feeding(segments, jdbc, transactions);
    private final ServerEvents events = mock(ServerEvents.class);
    private final Feed feed = new Feed(events, new Shown(jdbc), jdbc, database, transactions);
    private boolean failing;

    @BeforeEach
    void begin() {
        jdbc.execute("create table told (stream text, sequence bigint)");
        segments.begin(0, 0);
        feeding.add(new FedProcessor("told", new Telling()));
        feed.processor("told", new Telling());
    }

    @Test
    void movesTheSegmentsThatItFeedsAndNoOthers() throws Exception {
        Share mine = segments.share(List.of(2, 3));

        Share moved = feeding.feed(mine, batch(4, event(1, ACME), event(4, ACME)), 0, Gate.BY_BATCH);

        assertThat(told()).containsExactly(ACME + " 1", ACME + " 4");
        assertThat(moved).isEqualTo(segments.share(List.of(2, 3)));
        assertThat(moved.lowest()).isEqualTo(4);
        assertThat(segments.share(List.of(5)).highest()).isZero();
    }

    @Test
    void movesThemWhereNothingIsForThem() throws Exception {
        feeding.feed(segments.share(List.of(2, 3)), batch(7), 0, Gate.BY_BATCH);

        assertThat(segments.share(List.of(2, 3)).lowest()).isEqualTo(7);
        assertThat(told()).isEmpty();
    }

    @Test
    void doesAllOfABatchOrNothing() {
        failing = true;

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> feeding.feed(
                        segments.share(List.of(2)), batch(2, event(1, ACME), event(2, ACME)), 0, Gate.BY_BATCH));

        assertThat(segments.share(List.of(2)).highest()).isZero();
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsNothingTwiceThatAnotherHasTold() throws Exception {
        Share outdated = segments.share(List.of(2));
        feeding.feed(outdated, batch(1, event(1, ACME)), 0, Gate.BY_BATCH);

        assertThatExceptionOfType(Segments.Overtaken.class)
                .isThrownBy(() -> feeding.feed(outdated, batch(1, event(1, ACME)), 0, Gate.BY_BATCH));

        assertThat(told()).containsExactly(ACME + " 1");
    }

    /** R20: so that nobody opens what is about to be closed for ever, and writes it afterwards. */
    @Test
    void destroysKeysWhileNobodyElseFeeds() throws Exception {
        try (Connection another = database.getConnection()) {
            execute(another, "select pg_advisory_lock_shared(" + Feeding.GATE + ")");
            feeding.feed(segments.share(List.of(2)), batch(1, event(1, ACME)), 0, Gate.BY_BATCH);
            var erasure = new Stored(2, message(2, BETA, new UserErased(UUID.randomUUID(), "hash")));

            CompletableFuture<Share> erasing =
                    later(() -> feeding.feed(segments.share(List.of(5)), batch(2, erasure), 0, Gate.BY_BATCH));

            assertWaits(erasing);
            execute(another, "select pg_advisory_unlock_shared(" + Feeding.GATE + ")");
            assertThat(erasing).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void bringsAllToOnePositionAndHoldsThemThere() throws Exception {
        feeding.feed(segments.share(List.of(0, 1, 3, 4, 5)), batch(3, event(2, BETA)), 0, Gate.BY_BATCH);
        when(events.read(0, 3, CLOSE)).thenReturn(List.of(event(1, ACME), event(2, BETA), event(3, ACME)));
        var late = new ArrayList<CompletableFuture<Share>>();

        long held = feed.whileLevel(position -> {
            late.add(later(() -> feeding.feed(segments.share(List.of(2)), batch(4, event(4, ACME)), 0, Gate.BY_BATCH)));
            assertWaits(late.getFirst());
            return position;
        });

        assertThat(held).isEqualTo(3);
        assertThat(late.getFirst()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(told()).containsExactly(BETA + " 2", ACME + " 1", ACME + " 3", ACME + " 4");
        assertThat(segments.all().behind(3).size()).isZero();
    }

    private static final int CLOSE = 500;

    /** What they are told is written with the positions or not at all. */
    private final class Telling implements EventHandlerInvoker {

        @Override
        public boolean canHandle(EventMessage<?> event, Segment segment) {
            return true;
        }

        @Override
        public void handle(EventMessage<?> event, Segment segment) {
            var it = (GenericDomainEventMessage<?>) event;
            jdbc.update("insert into told values (?, ?)", it.getAggregateIdentifier(), it.getSequenceNumber());
            if (failing && it.getSequenceNumber() == 2) {
                throw new IllegalArgumentException("not today");
            }
        }
    }

    private List<String> told() {
        return jdbc.queryForList("select stream || ' ' || sequence from told", String.class);
    }

    private static Batch batch(long to, Stored... events) {
        return new Batch(to, List.of(events));
    }

    private static Stored event(long position, String stream) {
        return new Stored(position, message(position, stream, "something"));
    }

    private static GenericDomainEventMessage<?> message(long position, String stream, Object payload) {
        return new GenericDomainEventMessage<>("Organization", stream, position, payload);
    }

    private static String streamOf(int segment) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .filter(stream -> Segments.of(stream) == segment)
                .findFirst()
                .orElseThrow();
    }

    private static <T> CompletableFuture<T> later(Callable<T> work) {
        var done = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static void assertWaits(CompletableFuture<?> future) {
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> future.get(A_WHILE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
