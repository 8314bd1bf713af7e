package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class AnswerLimitTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofSeconds(30);

    private final AnswerLimit limit = new AnswerLimit(
            new ProblemWriter(JsonMapper.shared()),
            new RequestProperties(LIMIT, LIMIT, LIMIT, LIMIT, DataSize.ofKilobytes(1)));
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private Thread watch;

    @BeforeEach
    void watch() {
        watch = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(10);
                    limit.interruptWhatTakesTooLong();
                }
            } catch (InterruptedException e) {
                // Over.
            }
        });
    }

    @AfterEach
    void end() throws InterruptedException {
        watch.interrupt();
        watch.join();
        assertThat(Thread.currentThread().isInterrupted())
                .as("whoever has the thread next")
                .isFalse();
    }

    @Test
    void refusesWhatDoesNotEnd() throws Exception {
        answer((in, out) -> {
            hang();
            throw new IllegalStateException("interrupted");
        });

        assertRefused();
    }

    @Test
    void refusesWhatFailsBecauseItIsInterrupted() throws Exception {
        answer((in, out) -> {
            hang();
            ((HttpServletResponse) out).setStatus(500);
            out.getOutputStream().write("a mistake of ours".getBytes());
            out.getOutputStream().flush();
            out.flushBuffer();
        });

        assertRefused();
    }

    private void assertRefused() throws IOException {
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("2");
        assertThat(response.getContentAsString()).contains("took-too-long").doesNotContain("mistake");
    }

    @Test
    void leavesWhatIsDoneAllTheSame() throws Exception {
        answer((in, out) -> {
            hang();
            out.getOutputStream().write(1);
        });

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsByteArray()).containsExactly(1);
    }

    @Test
    void letsLongAnswersGoOnThatGetOn() throws Exception {
        answer((in, out) -> {
            for (int i = 0; i < 12; i++) {
                assertThat(sleep(LIMIT.dividedBy(10))).as("interrupted").isFalse();
                out.getOutputStream().write(i);
                out.flushBuffer();
            }
        });

        assertThat(response.getContentAsByteArray()).hasSize(12);
    }

    @Test
    void endsAnAnswerThatHangsInTheMiddle() throws Exception {
        answer((in, out) -> {
            out.getOutputStream().write(1);
            out.flushBuffer();
            hang();
        });

        assertThat(response.getContentAsByteArray()).containsExactly(1);
    }

    @Test
    void passesFailuresOn() {
        assertThatThrownBy(() -> answer((in, out) -> {
                    throw new ServletException("ours");
                }))
                .hasMessage("ours");
    }

    /** 10 bytes each 50 ms, where a kilobyte a second is asked for. */
    @Test
    void endsTheConnectionOfWhoReadsTooSlowly() {
        var slow = new SlowResponse(Duration.ofMillis(50));
        assertThatThrownBy(() -> limit.doFilter(new MockHttpServletRequest(), slow, (in, out) -> {
                    try {
                        for (int i = 0; i < 1000; i++) {
                            out.getOutputStream().write(new byte[10]);
                        }
                        throw new AssertionError("goes on");
                    } catch (IOException gone) {
                        // As an export does.
                    }
                }))
                .isInstanceOf(CloseNowException.class);
        assertThat(slow.writes).isLessThan(100);
    }

    /** 500 bytes each 50 ms. */
    @Test
    void waitsForWhoReadsFastEnough() throws Exception {
        var slow = new SlowResponse(Duration.ofMillis(50));
        limit.doFilter(new MockHttpServletRequest(), slow, (in, out) -> {
            for (int i = 0; i < 12; i++) {
                out.getOutputStream().write(new byte[500]);
            }
        });

        assertThat(slow.writes).isEqualTo(12);
    }

    private void answer(FilterChain chain) throws ServletException, IOException {
        limit.doFilter(new MockHttpServletRequest(), response, chain);
    }

    private static void hang() {
        assertThat(sleep(FOR_EVER)).as("interrupted").isTrue();
    }

    private static boolean sleep(Duration time) {
        try {
            Thread.sleep(time);
            return false;
        } catch (InterruptedException e) {
            // As it is for who leaves that to be noticed further out.
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whose reader takes each write after a while. */
    private static final class SlowResponse extends MockHttpServletResponse {

        private final Duration each;
        private int writes;

        SlowResponse(Duration each) {
            this.each = each;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {

                @Override
                public void write(int one) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    writes++;
                    assertThat(sleep(each)).as("interrupted").isFalse();
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }
}
