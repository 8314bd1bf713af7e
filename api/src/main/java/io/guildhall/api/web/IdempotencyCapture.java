package io.guildhall.api.web;

import io.guildhall.api.web.IdempotencyKeys.Answer;
import io.guildhall.api.web.IdempotencyKeys.Verdict;
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
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class IdempotencyCapture extends OncePerRequestFilter {

    static final String REQUEST = KeptRequest.class.getName();
    static final String TURN = Verdict.Proceed.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyCapture.class);
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, Acts.POSITION);

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
        } catch (BodyLimit.Exceeded e) {
            problems.write(BodyLimit.Exceeded.problem(), request, response);
            return;
        }
        var kept = new KeptRequest(request, body);
        var captured = new ContentCachingResponseWrapper(response);
        kept.setAttribute(REQUEST, kept);
        boolean answered = false;
        try {
            chain.doFilter(kept, captured);
            answered = true;
        } finally {
            if (kept.getAttribute(TURN) instanceof Verdict.Proceed turn) {
                settleIfPossible(turn, captured, answered);
            }
        }
        captured.copyBodyToResponse();
    }

    /** The request is carried out by now, whatever becomes of its key. */
    private void settleIfPossible(Verdict.Proceed turn, ContentCachingResponseWrapper response, boolean answered) {
        try {
            settle(turn, response, answered);
        } catch (DataAccessException e) {
            LOG.warn("The answer of request {} could not be kept under its idempotency key", RequestId.current(), e);
        }
    }

    /** What may turn out otherwise when tried again is not kept. */
    private void settle(Verdict.Proceed turn, ContentCachingResponseWrapper response, boolean answered) {
        int status = response.getStatus();
        if (!answered || status >= 500 || status == HttpStatus.TOO_MANY_REQUESTS.value()) {
            keys.release(turn);
            return;
        }
        Map<String, String> headers = new HashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        keys.keep(turn, new Answer(status, headers, response.getContentAsByteArray()));
    }

    /** A request whose body can be read again. */
    static final class KeptRequest extends HttpServletRequestWrapper {

        private final byte[] body;

        KeptRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
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
