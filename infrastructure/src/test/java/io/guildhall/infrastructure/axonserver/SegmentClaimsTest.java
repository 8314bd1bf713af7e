package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.infrastructure.eventstore.EventSerializers;
import io.guildhall.testing.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The number of segments that a node may claim. */
class SegmentClaimsTest {

    private static final String NAME = SegmentTokenStore.PROCESSOR;

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final AxonServerEventClient server = mock();
    private final SegmentClaims first = node(server);

    private SegmentClaims node(AxonServerEventClient client) {
        return new SegmentClaims(client, new SegmentTokenStore(jdbc, database, EventSerializers.serializer()), jdbc);
    }

    @Test
    void isAllForANodeThatIsAlone() {
        assertThat(first.apply(NAME)).isEqualTo(Segments.COUNT);
        assertThat(first.apply(NAME)).isEqualTo(Segments.COUNT);
    }

    @Test
    void isTheFairShareOfEach() {
        SegmentClaims second = node(server);
        second.apply(NAME);
        assertThat(first.apply(NAME)).isEqualTo(8);

        node(server).apply(NAME);
        assertThat(first.apply(NAME)).isEqualTo(6);

        second.leave();
        assertThat(first.apply(NAME)).isEqualTo(8);
    }

    @Test
    void doesNotCountANodeThatWasNotSeenFor5Seconds() {
        node(server).apply(NAME);
        jdbc.update("update event_processor_nodes set seen_at = now() - interval '6 seconds'");

        assertThat(first.apply(NAME)).isEqualTo(Segments.COUNT);
    }

    @Test
    void isNothingForANodeThatDoesNotReachTheServer() {
        AxonServerEventClient unreachable = mock();
        SegmentClaims second = node(unreachable);
        second.apply(NAME);
        assertThat(first.apply(NAME)).isEqualTo(8);

        when(unreachable.last(any())).thenThrow(new AxonServerUnavailableException(null));
        assertThat(second.apply(NAME)).isZero();
        assertThat(first.apply(NAME)).isEqualTo(Segments.COUNT);
    }

    @Test
    void isNothingForANodeThatMetAnEventOfALaterVersionWhileThereAreOthers() {
        SegmentClaims later = node(server);
        later.apply(NAME);

        first.yieldToLaterVersion();

        assertThat(first.apply(NAME)).isZero();
        assertThat(later.apply(NAME)).isEqualTo(Segments.COUNT);
        later.leave();
        assertThat(first.apply(NAME)).isEqualTo(Segments.COUNT);
    }
}
