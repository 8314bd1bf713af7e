package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.guildhall.infrastructure.eventstore.EventSerializers;
import io.guildhall.testing.TestDatabase;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts with a reachable, an unreachable and a wrong Axon Server. */
class StartupConsistencyCheckTest {

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final AxonServerEventClient events = mock(AxonServerEventClient.class);
    private final SegmentTokenStore segments = new SegmentTokenStore(jdbc, database, EventSerializers.serializer());
    private final StartupConsistencyCheck check = new StartupConsistencyCheck(
            events, segments, jdbc, new TransactionTemplate(new DataSourceTransactionManager(database)));

    @Test
    void waitsForTheServerAndReplaysTheEventsThatItHas() {
        when(events.last()).thenThrow(new AxonServerUnavailableException(null)).thenReturn(7L);

        check.run();

        assertThat(segments.positions()).hasSize(Segments.COUNT).containsOnly(0L);
        assertThat(segments.fetchToken(SegmentTokenStore.PROCESSOR, 3))
                .isEqualTo(ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(6)));
        verify(events, times(2)).last();
    }

    @Test
    void doesNotWaitForTheServerAgain() {
        when(events.last()).thenReturn(7L);
        check.run();
        when(events.last()).thenThrow(new AxonServerUnavailableException(null));

        check.run();

        verify(events, times(2)).last();
    }

    @Test
    void refusesAServerWithFewerEventsThanAreShown() {
        when(events.last()).thenReturn(7L);
        check.run();
        jdbc.update("update read_models_segments set position = 8 where segment = 3");

        assertThatExceptionOfType(EventStoreMismatchException.class)
                .isThrownBy(check::run)
                .satisfies(mismatch ->
                        assertThat(mismatch.analysis().getDescription()).contains("7", "8"));
    }

    @Test
    void saysThatItIsDownWhileTheServerIs() {
        var health = new AxonServerHealth(events, new ReadModelProgressTracker(segments));
        when(events.last()).thenReturn(7L);

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        when(events.last()).thenThrow(new AxonServerUnavailableException(null));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }
}
