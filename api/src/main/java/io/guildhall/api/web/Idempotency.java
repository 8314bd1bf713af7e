package io.guildhall.api.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.AuthorizationInterceptor;
import io.guildhall.api.security.Caller;
import io.guildhall.api.web.IdempotencyKeys.Answer;
import io.guildhall.api.web.IdempotencyKeys.Use;
import io.guildhall.api.web.IdempotencyKeys.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A POST with an {@code Idempotency-Key} that appends an event is carried out once, and its answer kept. Where that was lost with its process, the
 * request is carried out again as the same {@link io.guildhall.api.turn.Turn}, which does nothing twice. Comes after
 * {@link AuthorizationInterceptor}: who may no longer call a route is not given the answer of when they could. {@link IdempotencyCapture} is the
 * other half.
 */
@Component
class Idempotency implements HandlerInterceptor {

    static final String HEADER = "Idempotency-Key";
    static final String REPEATED = "Idempotency-Replayed";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IdempotencyKeys keys;

    Idempotency(IdempotencyKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, InterruptedException {
        if (!(request.getAttribute(IdempotencyCapture.REQUEST) instanceof IdempotencyCapture.KeptRequest kept)) {
            return true;
        }
        String key = request.getHeader(HEADER);
        if (!IdempotencyKeys.isKey(key)) {
            throw RequestRejectionException.invalidArgument(
                    HEADER, HEADER + " must have 1 to 255 visible characters of ASCII.");
        }
        Use use = new Use(caller(request, kept.body()), request.getMethod(), request.getRequestURI(), key);
        return switch (keys.begin(use, kept.body())) {
            case Verdict.Proceed lease -> {
                request.setAttribute(IdempotencyCapture.LEASE, lease);
                kept.turn().keep(lease.seed(), lease.steps(), keys.named(lease.ledger()));
                yield true;
            }
            case Verdict.Repeat repeat -> {
                write(repeat.answer(), response);
                yield false;
            }
            case Verdict.OtherBody() ->
                throw RequestRejectionException.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "idempotency-key-reused",
                        "This idempotency key was used with another body. Use a new key for a new request.");
            case Verdict.StillRunning() ->
                throw RequestRejectionException.retryable(
                        HttpStatus.CONFLICT,
                        "idempotency-key-in-use",
                        "The first request with this idempotency key is not answered yet. Try again.",
                        RETRY_AFTER);
        };
    }

    /**
     * With the current organization: an answer of one must not be given to a session for another (R23). Anonymous callers have
     * nothing in common but what they send, so that the body is part of the key.
     */
    private static String caller(HttpServletRequest request, byte[] body) {
        Caller caller = Caller.current();
        if (caller != null) {
            return caller.idempotencyScope() + " in " + caller.organizationIfAny();
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization == null ? "anonymous with " + new String(body, ISO_8859_1) : authorization;
    }

    private static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader(REPEATED, "true");
        response.getOutputStream().write(answer.body());
    }
}
