package io.guildhall.infrastructure.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.infrastructure.axonserver.AxonServerEventClient;
import io.guildhall.infrastructure.axonserver.AxonServerEventReader;
import io.guildhall.infrastructure.axonserver.AxonServerUnavailableException;
import io.guildhall.infrastructure.axonserver.ReadModelProgressTracker;
import io.guildhall.infrastructure.axonserver.Segments;
import io.guildhall.infrastructure.datasource.StoreUnavailableException;
import io.guildhall.infrastructure.eventstore.AppendResult;
import java.time.Clock;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For which position and which segments an answer waits. */
@Timeout(20)
class AxonServerReadModelProgressTest {

    private final AxonServerEventClient server = mock();
    private final AxonServerEventReader events = mock();
    private final ReadModelProgressTracker progress = mock();
    private final AxonServerReadModelProgress positions =
            new AxonServerReadModelProgress(server, events, progress, Clock.systemUTC(), () -> {
                throw new IllegalStateException();
            });

    @Test
    void areThoseOfTheEventsThatWereAppended() throws Exception {
        when(progress.awaitEvent(eq("e7"), any()))
                .thenReturn(OptionalLong.empty())
                .thenReturn(OptionalLong.of(7));
        when(progress.await(eq(7L), eq(5), any())).thenReturn(false).thenReturn(true);

        assertThat(positions.show(AppendResult.somewhere("e7", 5))).isEqualTo(7);
    }

    @Test
    void areTheLastAndAllWhereNothingWasAppended() throws Exception {
        when(server.last()).thenReturn(9L);
        when(progress.await(eq(9L), eq(Segments.ALL), any())).thenReturn(true);

        assertThat(positions.show(AppendResult.NOTHING)).isZero();
        assertThat(positions.show(AppendResult.at(AppendResult.UNTOLD))).isEqualTo(9);
    }

    @Test
    void areNotWaitedForWhileTheServerIsUnavailable() throws Exception {
        when(progress.awaitEvent(any(), any())).thenReturn(OptionalLong.of(7));
        when(progress.await(eq(7L), eq(5), any())).thenReturn(false);
        when(server.last()).thenThrow(mock(AxonServerUnavailableException.class));

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> positions.show(AppendResult.somewhere("e7", 5)))
                .withCauseInstanceOf(AxonServerUnavailableException.class);
    }

    @Test
    void areNotWaitedForWhereAnEventCannotCome() throws Exception {
        when(progress.awaitEvent(any(), any())).thenReturn(OptionalLong.empty());
        when(server.last()).thenThrow(mock(AxonServerUnavailableException.class));

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> positions.show(AppendResult.somewhere("e7", 5)))
                .withCauseInstanceOf(AxonServerUnavailableException.class);
    }
}
