package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.infrastructure.eventstore.EventSerializers;
import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import io.guildhall.testing.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SegmentTokenStoreTest {

    private static final String NAME = SegmentTokenStore.PROCESSOR;
    private static final int SEGMENT = 3;

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final SegmentTokenStore segments = node();

    private SegmentTokenStore node() {
        return new SegmentTokenStore(jdbc, database, EventSerializers.serializer());
    }

    @BeforeEach
    void begin() {
        segments.begin(transaction, 5, 3);
    }

    @Test
    void areNotBegunTwice() {
        node().begin(transaction, 9, 9);

        assertThat(segments.positions()).hasSize(Segments.COUNT).containsOnly(5L);
        assertThat(segments.fetchSegments(NAME)).hasSize(Segments.COUNT);
    }

    @Test
    void beginBehindWhatIsShown() {
        assertThat(segments.fetchToken(NAME, SEGMENT)).isEqualTo(new GlobalSequenceTrackingToken(4));
    }

    @Test
    void replayWhatWasThereBeforeThisDatabase() {
        segments.end();
        segments.begin(transaction, 0, 7);

        assertThat(segments.fetchToken(NAME, SEGMENT))
                .isEqualTo(ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(6)));
        segments.storeToken(segments.fetchToken(NAME, SEGMENT), NAME, SEGMENT);
        assertThat(segments.positions()).containsOnly(0L);
    }

    @Test
    void advanceWithTheTokenAndNeverGoBack() {
        segments.fetchToken(NAME, SEGMENT);

        segments.storeToken(new GlobalSequenceTrackingToken(7), NAME, SEGMENT);
        assertThat(segments.positions().get(SEGMENT)).isEqualTo(8);
        assertThat(segments.positions().get(SEGMENT + 1)).isEqualTo(5);

        segments.advanceAll(9);
        segments.storeToken(new GlobalSequenceTrackingToken(7), NAME, SEGMENT);
        assertThat(segments.positions()).containsOnly(9L);
    }

    @Test
    void areStoredByTheirOwnerAlone() {
        segments.fetchToken(NAME, SEGMENT);
        SegmentTokenStore other = node();

        assertThat(other.fetchAvailableSegments(NAME))
                .extracting(Segment::getSegmentId)
                .doesNotContain(SEGMENT);
        assertThatExceptionOfType(UnableToClaimTokenException.class)
                .isThrownBy(() -> other.storeToken(new GlobalSequenceTrackingToken(7), NAME, SEGMENT));
        segments.releaseClaim(NAME, SEGMENT);
        assertThat(other.fetchToken(NAME, SEGMENT)).isEqualTo(new GlobalSequenceTrackingToken(4));
    }

    @Test
    void requireDeadLetterModeWhileADeadLetterWaits() {
        assertThat(segments.lock(SEGMENT, List.of("acme"))).isEqualTo(5);
        jdbc.update("""
                insert into dead_letters (position, projection, trail, sequence, event, occurred_at, ends_access)
                values (4, 'members', 'acme', 1, 'MemberInvited', now(), false)
                """);

        assertThatExceptionOfType(ProjectionException.class)
                .isThrownBy(() -> segments.lock(SEGMENT, List.of("other", "acme")));
        assertThat(segments.lock(SEGMENT, List.of("other"))).isEqualTo(5);
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        DeadLetterMode.activate(work);
        assertThat(segments.lock(SEGMENT, List.of("acme"))).isEqualTo(5);
        work.rollback();
    }

    @Test
    void areForgottenTogether() {
        segments.end();

        assertThat(segments.positions()).isEmpty();
        assertThat(segments.fetchSegments(NAME)).isEmpty();
    }

    /** The mapping of events to segments must not change between versions; Axon computes it from the same hash. */
    @Test
    void haveTheSameEventsForEver() {
        var event = new GenericDomainEventMessage<>("User", "8d9bdb80-eb42-482e-9771-7be3c7283a87", 0, "event");
        int[] all = IntStream.range(0, Segments.COUNT).toArray();

        assertThat(Segments.of(event)).isEqualTo(15);
        assertThat(Segments.ofAll(List.of(event, event))).isEqualTo(1 << 15);
        assertThat(Segment.computeSegment(15, all).matches(event.getAggregateIdentifier()))
                .isTrue();
    }
}
