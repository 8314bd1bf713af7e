package io.guildhall.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.api.axonserver.ServerAway;
import io.guildhall.api.axonserver.ServerEvents;
import io.guildhall.api.axonserver.Shown;
import io.guildhall.api.axonserver.Tail;
import io.guildhall.api.store.Appended;
import io.guildhall.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where some of the read models show more than others. */
@Timeout(20)
class ServerPositionsTest {

    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated().dataSource());
    private final ServerEvents events = mock(ServerEvents.class);
    private final Tail tail = mock(Tail.class);
    private final ServerPositions positions = new ServerPositions(events, tail, new Shown(jdbc), Clock.systemUTC());

    @BeforeEach
    void begin() {
        jdbc.update("insert into read_models_segments select n, 7 from generate_series(0, 11) n");
        jdbc.update("update read_models_segments set position = 4 where segment = 5");
    }

    @Test
    void areWhereTheLastOfThemIs() {
        assertThat(positions.head()).isEqualTo(4);
    }

    @Test
    void showWhatAllOfThemShow() {
        when(events.last()).thenReturn(4L);
        assertThat(positions.show(Appended.NOTHING)).isZero();
        assertThat(positions.show(Appended.at(Appended.UNTOLD))).isEqualTo(4);
    }

    @Test
    void showAnEventWhereverItIs() throws Exception {
        when(events.last()).thenReturn(3L);
        when(tail.await(eq("e7"), any())).thenReturn(OptionalLong.empty()).thenReturn(OptionalLong.of(7));
        Thread feeding = Thread.ofVirtual().start(() -> {
            pause();
            jdbc.update("update read_models_segments set position = 7");
        });

        assertThat(positions.show(Appended.somewhere("e7"))).isEqualTo(7);

        assertThat(positions.head()).isEqualTo(7);
        feeding.join();
    }

    @Test
    void areLevelOnceTheLastIsWhereTheFirstWas() throws Exception {
        Thread feeding = Thread.ofVirtual().start(() -> {
            pause();
            jdbc.update("update read_models_segments set position = 9 where segment = 3");
            jdbc.update("update read_models_segments set position = 7 where segment = 5");
        });

        assertThat(positions.level()).isTrue();

        assertThat(positions.head()).isEqualTo(7);
        feeding.join();
    }

    @Test
    void areNotWaitedForWhileTheServerIsAway() {
        when(events.last()).thenReturn(7L).thenThrow(mock(ServerAway.class));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> positions.show(Appended.NOTHING))
                .withCauseInstanceOf(ServerAway.class);
    }

    @Test
    void areNotWaitedForWhereAnEventCannotCome() throws Exception {
        when(tail.await(any(), any())).thenReturn(OptionalLong.empty());
        when(events.last()).thenThrow(mock(ServerAway.class));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> positions.show(Appended.somewhere("e7")))
                .withCauseInstanceOf(ServerAway.class);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(200));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
