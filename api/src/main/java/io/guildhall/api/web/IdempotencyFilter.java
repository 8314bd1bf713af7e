package io.guildhall.api.web;

import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.request.RequestId;
import io.guildhall.api.web.RequestBodyFilter.BodyTooLargeException;
import io.guildhall.infrastructure.idempotency.IdempotencyStore;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Lease;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Reply;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.observability.FailureLog;
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
import org.jspecify.annotations.Nullable;
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

/** Buffers the body of a request with an idempotency key, and keeps its reply for repeats. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class IdempotencyFilter extends OncePerRequestFilter {

    static final String REQUEST = KeptRequest.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.SET_COOKIE, CommandExecutor.POSITION);

    private final IdempotencyStore store;
    private final ProblemWriter problems;

    IdempotencyFilter(IdempotencyStore store, ProblemWriter problems) {
        this.store = store;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || request.getHeader(IdempotencyInterceptor.HEADER) == null;
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
        var kept = new KeptRequest(request, body);
        var captured = new ContentCachingResponseWrapper(response);
        kept.setAttribute(REQUEST, kept);
        boolean replied = false;
        try {
            chain.doFilter(kept, captured);
            replied = true;
        } finally {
            settleIfPossible(kept, captured, replied);
        }
        captured.copyBodyToResponse();
    }

    /** The request is executed by now, whether or not its key can be settled. */
    private void settleIfPossible(KeptRequest request, ContentCachingResponseWrapper response, boolean replied) {
        Lease lease = request.lease;
        if (lease == null) {
            return;
        }
        try {
            settle(lease, request.execution, response, replied);
        } catch (DataAccessException e) {
            FailureLog.warn(
                    LOG,
                    "The reply of request %s could not be kept under its idempotency key"
                            .formatted(RequestId.current()),
                    e);
        }
    }

    /** Keeps the reply to a request that appended an event. Any other may end otherwise when it is tried again. */
    private void settle(
            Lease lease,
            @Nullable IdempotentExecution execution,
            ContentCachingResponseWrapper response,
            boolean replied) {
        int status = response.getStatus();
        if (!replied
                || execution == null
                || !execution.isReplyKept()
                || status >= 500
                || status == HttpStatus.TOO_MANY_REQUESTS.value()) {
            store.release(lease, execution == null || execution.isUnchanged());
            return;
        }
        Map<String, String> headers = new HashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        store.keep(lease, new Reply(status, headers, response.getContentAsByteArray()));
    }

    /** A request whose body can be read again, and its execution as soon as that begins. */
    static final class KeptRequest extends HttpServletRequestWrapper {

        private final byte[] body;
        private @Nullable Lease lease;
        private @Nullable IdempotentExecution execution;

        KeptRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        void setLease(Lease acquired) {
            lease = acquired;
        }

        void setExecution(IdempotentExecution begun) {
            execution = begun;
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
