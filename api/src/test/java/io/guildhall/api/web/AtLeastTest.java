package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.wiring.Positions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

class AtLeastTest {

    private final AtomicLong head = new AtomicLong(10);
    private final AtomicLong last = new AtomicLong(20);
    private final AtomicInteger queries = new AtomicInteger();
    private final AtLeast atLeast = new AtLeast(positions());

    private Positions positions() {
        Positions positions = mock(Positions.class);
        when(positions.head()).thenAnswer(asked -> {
            queries.incrementAndGet();
            return head.get();
        });
        when(positions.last()).thenAnswer(asked -> last.get());
        return positions;
    }

    @Test
    void answersAtOnceWhereThePositionIsShown() throws Exception {
        assertThat(ask("10", true)).isTrue();
        assertThat(queries).hasValue(1);
    }

    @Test
    void needsACaller() {
        assertThatThrownBy(() -> ask("10", false)).isInstanceOf(RequestRejectionException.class);
        assertThat(queries).hasValue(0);
    }

    @Test
    void refusesAPositionBeyondTheEndAtOnce() {
        assertThatThrownBy(() -> ask("21", true))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        rejected -> assertThat(rejected.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly(AtLeast.HEADER));
        assertThat(queries).hasValue(1);
    }

    @Test
    void allThatWaitShareOneQueryPerPause() throws Exception {
        List<Callable<Boolean>> requests = IntStream.range(0, 50)
                .<Callable<Boolean>>mapToObj(i -> () -> ask("20", true))
                .toList();
        long begun = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> shown = threads.submit(() -> {
                Thread.sleep(1_000);
                head.set(20);
                return null;
            });
            assertThat(threads.invokeAll(requests).stream().map(Future::resultNow))
                    .containsOnly(true);
            shown.get();
        }
        long pauses = (System.nanoTime() - begun) / 20_000_000;

        // One each 20 ms, and those before the wait, of which one serves all that came while it ran.
        assertThat(queries.get()).isLessThan((int) pauses + 60);
    }

    private boolean ask(String position, boolean authenticated) throws InterruptedException {
        var request = new MockHttpServletRequest("GET", "/v1/account/profile");
        request.addHeader(AtLeast.HEADER, position);
        if (authenticated) {
            SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("somebody", null)));
        }
        try {
            return atLeast.preHandle(request, new MockHttpServletResponse(), new Object());
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
