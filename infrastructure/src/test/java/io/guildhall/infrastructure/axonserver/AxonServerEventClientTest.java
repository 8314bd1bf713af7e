package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.mockito.stubbing.OngoingStubbing;

/** The last position that the server reports. */
class AxonServerEventClientTest {

    private static final long NO_TOKEN = -1;

    private final AxonServerConnectionManager connections = mock(RETURNS_DEEP_STUBS);
    private final AxonServerEventClient events = new AxonServerEventClient(connections, mock(Serializer.class));

    private OngoingStubbing<CompletableFuture<Long>> whenAsked() {
        return when(connections.getConnection().eventChannel().getLastToken());
    }

    private static CompletableFuture<Long> token(long token) {
        return CompletableFuture.completedFuture(token);
    }

    @Test
    void isNoneBeforeAnythingHappens() {
        whenAsked().thenReturn(token(NO_TOKEN)).thenReturn(token(0));

        assertThat(events.last()).isZero();
        assertThat(events.last()).isEqualTo(1);
    }

    @Test
    void isNotBelievedWhenItWasFurtherBefore() {
        whenAsked().thenReturn(token(6)).thenReturn(token(NO_TOKEN)).thenReturn(token(6));
        assertThat(events.last()).isEqualTo(7);

        assertThatExceptionOfType(AxonServerUnavailableException.class)
                .isThrownBy(events::last)
                .withStackTraceContaining("reports 0 events, fewer than the 7 it reported before");
        assertThat(events.last()).isEqualTo(7);
    }

    @Test
    void mayBeSaidLateWhileOthersKnowMore() throws Exception {
        var late = new CompletableFuture<Long>();
        var asked = new CompletableFuture<Void>();
        whenAsked()
                .thenAnswer(call -> {
                    asked.complete(null);
                    return late;
                })
                .thenReturn(token(8));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> first = threads.submit(() -> events.last());
            asked.join();
            assertThat(events.last()).isEqualTo(9);
            late.complete(6L);

            assertThat(first.get()).isEqualTo(7);
        }
    }
}
