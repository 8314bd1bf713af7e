package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.wiring.Positions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

class AtLeastTest {

    private final Positions positions = mock();
    private final AtLeast atLeast = new AtLeast(positions);

    @Test
    void answersAtOnceWhereThePositionIsShown() throws Exception {
        when(positions.await(10, Duration.ZERO)).thenReturn(true);

        assertThat(ask("10", true)).isTrue();
    }

    @Test
    void needsACaller() {
        assertThatThrownBy(() -> ask("10", false)).isInstanceOf(RequestRejectionException.class);
        verifyNoInteractions(positions);
    }

    @Test
    void refusesAPositionBeyondTheEndAtOnce() {
        when(positions.last()).thenReturn(20L);

        assertThatThrownBy(() -> ask("21", true))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        rejected -> assertThat(rejected.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly(AtLeast.HEADER));
    }

    @Test
    void waitsForAPositionThatThereIs() throws Exception {
        when(positions.last()).thenReturn(20L);
        assertThatThrownBy(() -> ask("20", true))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        rejected -> assertThat(rejected.problem().getDetail()).contains("not reached yet"));

        when(positions.await(20, Duration.ofSeconds(5))).thenReturn(true);
        assertThat(ask("20", true)).isTrue();
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
