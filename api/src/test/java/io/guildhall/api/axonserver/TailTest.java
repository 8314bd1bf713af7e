package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An event that was appended is found where the server's stream has it. */
@Timeout(20)
class TailTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final ServerEvents events = mock();
    private final EventStream stream = mock();
    private final LinkedBlockingQueue<EventWithToken> coming = new LinkedBlockingQueue<>();
    private final Tail tail = new Tail(events);

    @BeforeEach
    void begin() throws Exception {
        when(events.last()).thenReturn(5_000L);
        when(events.follow(anyLong())).thenReturn(stream);
        when(stream.nextIfAvailable(anyLong(), any()))
                .then(call -> coming.poll(call.getArgument(0), call.<TimeUnit>getArgument(1)));
    }

    @AfterEach
    void end() {
        tail.stop();
    }

    private static EventWithToken event(String id, long token) {
        return EventWithToken.newBuilder()
                .setEvent(Event.newBuilder().setMessageIdentifier(id))
                .setToken(token)
                .build();
    }

    @Test
    void knowsWhatHasComeAndWhatComes() throws Exception {
        tail.start();
        coming.add(event("a", 4_000));
        assertThat(tail.await("a", LONG)).isEqualTo(OptionalLong.of(4_001));

        Thread.ofVirtual().start(() -> coming.add(event("b", 4_001)));
        assertThat(tail.await("b", LONG)).isEqualTo(OptionalLong.of(4_002));
        assertThat(tail.await("a", LONG)).isEqualTo(OptionalLong.of(4_001));
        assertThat(tail.await("c", Duration.ofMillis(10))).isEmpty();
        verify(events).follow(4_000);
    }

    @Test
    void goesOnWhereItWasWhenTheStreamHasBroken() throws Exception {
        doThrow(mock(ServerAway.class)).doNothing().when(events).requireAlive(any(), anyLong());
        tail.start();
        coming.add(event("a", 4_000));
        assertThat(tail.await("a", LONG)).isPresent();

        verify(events, timeout(LONG.toMillis())).follow(4_001);
        coming.add(event("b", 4_001));
        assertThat(tail.await("b", LONG)).isEqualTo(OptionalLong.of(4_002));
    }

    @Test
    void keepsNoMoreThanTheNewest() throws Exception {
        tail.start();
        for (int n = 0; n <= 10_000; n++) {
            coming.add(event("e" + n, 4_000 + n));
        }
        assertThat(tail.await("e10000", LONG)).isEqualTo(OptionalLong.of(14_001));

        assertThat(tail.await("e1", Duration.ofMillis(10))).isPresent();
        assertThat(tail.await("e0", Duration.ofMillis(10))).isEmpty();
    }
}
