package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.command.ReadModelProgress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

class ReadYourWritesInterceptorTest {

    private final ReadModelProgress readModelProgress = mock();
    private final ReadYourWritesInterceptor readYourWritesInterceptor =
            new ReadYourWritesInterceptor(readModelProgress);

    @Test
    void answersAtOnceWhereThePositionIsShown() throws Exception {
        when(readModelProgress.await(10, Duration.ZERO)).thenReturn(true);

        assertThat(ask("10", true)).isTrue();
    }

    @Test
    void needsACaller() {
        assertThatThrownBy(() -> ask("10", false)).isInstanceOf(RequestRejectionException.class);
        verifyNoInteractions(readModelProgress);
    }

    @Test
    void refusesAPositionBeyondTheEndAtOnce() {
        when(readModelProgress.last()).thenReturn(20L);

        assertThatThrownBy(() -> ask("21", true))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        rejected -> assertThat(rejected.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly(ReadYourWritesInterceptor.HEADER));
    }

    @Test
    void waitsForAPositionThatThereIs() throws Exception {
        when(readModelProgress.last()).thenReturn(20L);
        assertThatThrownBy(() -> ask("20", true))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        rejected -> assertThat(rejected.problem().getDetail()).contains("not reached yet"));

        when(readModelProgress.await(20, Duration.ofSeconds(5))).thenReturn(true);
        assertThat(ask("20", true)).isTrue();
    }

    private boolean ask(String position, boolean authenticated) throws InterruptedException {
        var request = new MockHttpServletRequest("GET", "/v1/account/profile");
        request.addHeader(ReadYourWritesInterceptor.HEADER, position);
        if (authenticated) {
            SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken("somebody", null)));
        }
        try {
            return readYourWritesInterceptor.preHandle(request, new MockHttpServletResponse(), new Object());
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
