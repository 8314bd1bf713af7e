package io.guildhall.api.web;

import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.telemetry.FailureLog;
import io.guildhall.api.telemetry.RequestId;
import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.IdempotencyKeys.Answer;
import io.guildhall.api.web.IdempotencyKeys.Verdict;
import io.guildhall.api.web.RequestBodyLimitFilter.BodyTooLargeException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Holds the body of a request with an idempotency key, and keeps what it was answered. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class IdempotencyCapture extends OncePerRequestFilter {

    static final String REQUEST = KeptRequest.class.getName();
    static final String LEASE = Verdict.Proceed.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyCapture.class);
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.SET_COOKIE, Acts.POSITION);

    private final IdempotencyKeys keys;
    private final ProblemWriter problems;

    IdempotencyCapture(IdempotencyKeys keys, ProblemWriter problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || request.getHeader(Idempotency.HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body;
        try {
            body = request.getInputStream().readAllBytes();
        } catch (BodyTooLargeException e) {
            problems.write(BodyTooLargeException.problem(), request, response);
            return;
        }
        var kept = new KeptRequest(request, body, new Turn());
        var captured = new ContentCachingResponseWrapper(response);
        kept.setAttribute(REQUEST, kept);
        boolean answered = false;
        try {
            carryOut(kept, chain, captured);
            answered = true;
        } finally {
            if (kept.getAttribute(LEASE) instanceof Verdict.Proceed lease) {
                settleIfPossible(lease, captured, answered && kept.turn().hasAppended());
            }
        }
        captured.copyBodyToResponse();
    }

    private static void carryOut(KeptRequest request, FilterChain chain, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            request.turn().carry(() -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** The request is carried out by now, whatever becomes of its key. */
    private void settleIfPossible(Verdict.Proceed lease, ContentCachingResponseWrapper response, boolean appended) {
        try {
            settle(lease, response, appended);
        } catch (DataAccessException e) {
            FailureLog.warn(
                    LOG,
                    "The answer of request %s could not be kept under its idempotency key"
                            .formatted(RequestId.current()),
                    e);
        }
    }

    /** Keeps the answer to a request that appended an event. Any other may turn out otherwise when tried again. */
    private void settle(Verdict.Proceed lease, ContentCachingResponseWrapper response, boolean appended) {
        int status = response.getStatus();
        if (!appended || status >= 500 || status == HttpStatus.TOO_MANY_REQUESTS.value()) {
            keys.release(lease);
            return;
        }
        Map<String, String> headers = new HashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        keys.keep(lease, new Answer(status, headers, response.getContentAsByteArray()));
    }

    /** A request whose body can be read again, and which is carried out as one turn. */
    static final class KeptRequest extends HttpServletRequestWrapper {

        private final byte[] body;

        private final Turn turn;

        KeptRequest(HttpServletRequest request, byte[] body, Turn turn) {
            super(request);
            this.body = body;
            this.turn = turn;
        }

        Turn turn() {
            return turn;
        }

        byte[] body() {
            return body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new KeptStream(new ByteArrayInputStream(body));
        }
    }

    private static final class KeptStream extends ServletInputStream {

        private final ByteArrayInputStream body;

        KeptStream(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return body.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
