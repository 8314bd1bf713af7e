package io.guildhall.api.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** No request needs more than a mebibyte, nor for ever to send it, nor to be packed, by which little would become much. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
@EnableConfigurationProperties(RequestProperties.class)
class BodyLimit extends OncePerRequestFilter {

    static final int BYTES = 1 << 20;

    /** So much more is read, and thrown away, for the answer to be read by who is still sending. */
    private static final int DRAINED = 16 << 20;

    /** As RFC 9110 calls it. */
    private static final String AS_IT_IS = "identity";

    private final ProblemWriter problems;
    private final RequestRateLimiter budgets;
    private final Duration time;

    BodyLimit(ProblemWriter problems, RequestRateLimiter budgets, RequestProperties properties) {
        this.problems = problems;
        this.budgets = budgets;
        this.time = properties.body();
    }

    /** A body that cannot be read to its end. */
    abstract static sealed class Unreadable extends IOException {

        abstract Problem problem();
    }

    static final class Exceeded extends Unreadable {

        @Override
        Problem problem() {
            return Problem.ofType(
                    HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "A request may have 1 MiB at the most.");
        }
    }

    /** Tomcat closes the connection after 408, and reads no further. */
    static final class TooSlow extends Unreadable {

        @Override
        Problem problem() {
            return Problem.ofType(
                    HttpStatus.REQUEST_TIMEOUT, "body-too-slow", "The body of the request took too long to arrive.");
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() == 0) {
            chain.doFilter(request, response);
            return;
        }
        var limited = new Limited(request, time);
        if (isPacked(request)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, AS_IT_IS);
            problems.writeCounted(
                    Problem.ofType(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "body-packed",
                            "The body of a request is taken as it is, not packed: without Content-Encoding."),
                    budgets,
                    request,
                    response);
        } else if (request.getContentLengthLong() > BYTES) {
            problems.writeCounted(new Exceeded().problem(), budgets, request, response);
            response.flushBuffer();
        } else {
            chain.doFilter(limited, response);
        }
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            drain(limited, response);
        }
    }

    private static boolean isPacked(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase(AS_IT_IS);
    }

    /** What of a body nobody wanted has to come in time as well: Tomcat, which would read it afterwards, would wait for ever. */
    private void drain(Limited request, HttpServletResponse response) throws IOException {
        try {
            request.getInputStream().drain();
        } catch (Unreadable body) {
            if (response.isCommitted()) {
                throw new CloseNowException("The rest of a body does not come", body);
            }
            response.resetBuffer();
            problems.write(body.problem(), request, response);
        } catch (BadRequestException malformed) {
            // Tomcat answers 400 by itself, where nothing has been answered yet; with this attribute it would be 500.
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        } catch (IOException gone) {
            throw new CloseNowException("The rest of a body cannot be read", gone);
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final Duration time;
        private @Nullable LimitedStream body;

        Limited(HttpServletRequest request, Duration time) {
            super(request);
            this.time = time;
        }

        @Override
        public LimitedStream getInputStream() throws IOException {
            if (body == null) {
                body = new LimitedStream(super.getInputStream(), time);
            }
            return body;
        }
    }

    private interface Read {

        int read() throws IOException;
    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long end;
        private int left = BYTES;
        private boolean ended;
        private @Nullable BadRequestException malformed;

        LimitedStream(ServletInputStream body, Duration time) {
            this.body = body;
            this.end = System.nanoTime() + time.toNanos();
        }

        @Override
        public int read() throws IOException {
            int read = inTime(body::read);
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = inTime(() -> body.read(into, from, length));
            count(read);
            return read;
        }

        void drain() throws IOException {
            byte[] thrownAway = new byte[1 << 13];
            int most = DRAINED;
            if (malformed != null) {
                throw malformed;
            }
            while (!ended) {
                most -= inTime(() -> body.read(thrownAway));
                if (most < 0) {
                    throw new Exceeded();
                }
            }
        }

        private int inTime(Read reading) throws IOException {
            try {
                int read = reading.read();
                ended = read < 0 || body.isFinished();
                if (read >= 0 && System.nanoTime() - end > 0) {
                    throw new TooSlow();
                }
                return read;
            } catch (SocketTimeoutException nothing) {
                throw new TooSlow();
            } catch (BadRequestException e) {
                malformed = e;
                throw e;
            }
        }

        private void count(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new Exceeded();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
