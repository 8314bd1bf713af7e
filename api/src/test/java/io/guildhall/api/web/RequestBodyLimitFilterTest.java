package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;

import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.security.RequestRateLimiter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class RequestBodyLimitFilterTest {

    private final RequestBodyLimitFilter limit = new RequestBodyLimitFilter(
            new ProblemWriter(JsonMapper.shared()), mock(RequestRateLimiter.class, CALLS_REAL_METHODS));
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void refusesAtOnceWhatSaysThatItIsTooLong() throws Exception {
        limit.doFilter(request(new byte[RequestBodyLimitFilter.MAX_BYTES + 1]), response, (in, out) -> {
            throw new AssertionError("let through");
        });

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(response.getContentAsString()).contains("body-too-large");
    }

    /** A little of which could become more than there is room for. */
    @Test
    void refusesWhatIsPacked() throws Exception {
        MockHttpServletRequest request = request(new byte[10]);
        request.addHeader("Content-Encoding", "gzip");

        limit.doFilter(request, response, (in, out) -> {
            throw new AssertionError("let through");
        });

        assertThat(response.getStatus()).isEqualTo(415);
        assertThat(response.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(response.getContentAsString()).contains("body-compressed");
    }

    @Test
    void readsWhatIsNot() throws Exception {
        var read = new AtomicInteger();
        limit.doFilter(
                request(new byte[RequestBodyLimitFilter.MAX_BYTES]),
                response,
                (in, out) -> read.set(in.getInputStream().readAllBytes().length));

        assertThat(read).hasValue(RequestBodyLimitFilter.MAX_BYTES);
    }

    @Test
    void stopsReadingWhatDoesNotSay() {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent(new byte[RequestBodyLimitFilter.MAX_BYTES + 1]);

        assertThatThrownBy(() -> limit.doFilter(
                        request, response, (in, out) -> in.getInputStream().readAllBytes()))
                .isInstanceOf(RequestBodyLimitFilter.BodyTooLargeException.class);
    }

    private static MockHttpServletRequest request(byte[] body) {
        var request = new MockHttpServletRequest();
        request.setContent(body);
        return request;
    }
}
