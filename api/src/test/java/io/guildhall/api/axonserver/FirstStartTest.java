package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.guildhall.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

/** Starts of a service whose Axon Server is there, or is not yet, or is another. */
class FirstStartTest {

    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated().dataSource());
    private final ServerEvents events = mock(ServerEvents.class);
    private final FirstStart start = new FirstStart(events, jdbc);

    @Test
    void waitsForTheServerAndTakesWhatIsThereForKnown() {
        when(events.last()).thenThrow(new ServerAway(null)).thenReturn(7L);

        start.check();

        var segments = new Segments(jdbc);
        assertThat(segments.knownFrom()).isEqualTo(7);
        assertThat(segments.all().positions())
                .hasSize(Segments.COUNT)
                .allSatisfy((segment, position) -> assertThat(position).isZero());
        verify(events, times(2)).last();
    }

    @Test
    void doesNotWaitForTheServerAgain() {
        when(events.last()).thenReturn(7L);
        start.check();
        when(events.last()).thenThrow(new ServerAway(null));

        start.check();

        verify(events, times(2)).last();
    }

    @Test
    void refusesAServerWithFewerEventsThanAreShown() {
        when(events.last()).thenReturn(7L);
        start.check();
        jdbc.update("update read_models_segments set position = 8 where segment = 3");

        assertThatExceptionOfType(UnfitStore.class)
                .isThrownBy(start::check)
                .satisfies(
                        unfit -> assertThat(unfit.analysis().getDescription()).contains("7", "8"));
    }

    @Test
    void saysThatItIsDownWhileTheServerIs() {
        var health = new ServerHealth(events, new Shown(jdbc));
        when(events.last()).thenReturn(7L);

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        when(events.last()).thenThrow(new ServerAway(null));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }
}
