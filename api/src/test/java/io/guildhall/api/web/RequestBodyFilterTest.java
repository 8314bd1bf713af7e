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

class RequestBodyFilterTest {

    private final RequestBodyFilter filter = new RequestBodyFilter(
            new ProblemWriter(JsonMapper.shared()), mock(RequestRateLimiter.class, CALLS_REAL_METHODS));
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void rejectsALargeContentLengthAtOnce() throws Exception {
        filter.doFilter(request(new byte[RequestBodyFilter.MAX_BYTES + 1]), response, (in, out) -> {
            throw new AssertionError("the request was passed on");
        });

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(response.getContentAsString()).contains("body-too-large");
    }

    /** A little of which could become more than there is room for. */
    @Test
    void rejectsAContentEncoding() throws Exception {
        MockHttpServletRequest request = request(new byte[10]);
        request.addHeader("Content-Encoding", "gzip");

        filter.doFilter(request, response, (in, out) -> {
            throw new AssertionError("the request was passed on");
        });

        assertThat(response.getStatus()).isEqualTo(415);
        assertThat(response.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(response.getContentAsString()).contains("body-compressed");
    }

    @Test
    void readsABodyOfTheLargestSize() throws Exception {
        var read = new AtomicInteger();
        filter.doFilter(
                request(new byte[RequestBodyFilter.MAX_BYTES]),
                response,
                (in, out) -> read.set(in.getInputStream().readAllBytes().length));

        assertThat(read).hasValue(RequestBodyFilter.MAX_BYTES);
    }

    @Test
    void stopsReadingABodyOfUnknownLength() {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent(new byte[RequestBodyFilter.MAX_BYTES + 1]);

        assertThatThrownBy(() -> filter.doFilter(
                        request, response, (in, out) -> in.getInputStream().readAllBytes()))
                .isInstanceOf(RequestBodyFilter.BodyTooLargeException.class);
    }

    private static MockHttpServletRequest request(byte[] body) {
        var request = new MockHttpServletRequest();
        request.setContent(body);
        return request;
    }
}
