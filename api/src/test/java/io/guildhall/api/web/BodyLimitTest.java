package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class BodyLimitTest {

    private final BodyLimit limit = new BodyLimit(
            new ProblemWriter(JsonMapper.shared()),
            mock(RequestRateLimiter.class),
            new RequestProperties(
                    Duration.ofSeconds(1),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    DataSize.ofKilobytes(1)));
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void refusesAtOnceWhatSaysThatItIsTooLong() throws Exception {
        limit.doFilter(request(new byte[BodyLimit.BYTES + 1]), response, (in, out) -> {
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
        assertThat(response.getContentAsString()).contains("body-packed");
    }

    @Test
    void readsWhatIsNot() throws Exception {
        var read = new AtomicInteger();
        limit.doFilter(
                request(new byte[BodyLimit.BYTES]),
                response,
                (in, out) -> read.set(in.getInputStream().readAllBytes().length));

        assertThat(read).hasValue(BodyLimit.BYTES);
    }

    @Test
    void stopsReadingWhatDoesNotSay() {
        var request = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent(new byte[BodyLimit.BYTES + 1]);

        assertThatThrownBy(() -> limit.doFilter(
                        request, response, (in, out) -> in.getInputStream().readAllBytes()))
                .isInstanceOf(BodyLimit.Exceeded.class);
    }

    @Test
    void stopsReadingWhatComesTooSlowly() {
        var request = request(new byte[100]);

        assertThatThrownBy(() -> limit.doFilter(request, response, (in, out) -> {
                    for (int i = 0; i < 100; i++) {
                        in.getInputStream().read();
                        pause();
                    }
                }))
                .isInstanceOf(BodyLimit.TooSlow.class);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MockHttpServletRequest request(byte[] body) {
        var request = new MockHttpServletRequest();
        request.setContent(body);
        return request;
    }
}
