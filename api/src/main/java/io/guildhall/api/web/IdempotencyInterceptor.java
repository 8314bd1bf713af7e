package io.guildhall.api.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.AuthorizationInterceptor;
import io.guildhall.api.security.Caller;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.eventstore.AppendResult;
import io.guildhall.infrastructure.idempotency.IdempotencyStore;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Lease;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Outcome;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Reply;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.RequestKey;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Executes a POST with an {@code Idempotency-Key} once, and sends its reply again when the request is repeated. If the reply was lost, the
 * request is executed again: it generates the same ids and secrets, and skips its command if that is done. Runs after {@link AuthorizationInterceptor}, so
 * that a caller who has lost access gets no earlier reply. {@link IdempotencyFilter} keeps the replies.
 */
@Component
class IdempotencyInterceptor implements HandlerInterceptor {

    static final String HEADER = "Idempotency-Key";
    static final String REPEATED = "Idempotency-Replayed";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IdempotencyStore store;
    private final ReadModelProgress readModelProgress;

    IdempotencyInterceptor(IdempotencyStore store, ReadModelProgress readModelProgress) {
        this.store = store;
        this.readModelProgress = readModelProgress;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, InterruptedException {
        if (!(request.getAttribute(IdempotencyFilter.REQUEST) instanceof IdempotencyFilter.KeptRequest kept)) {
            return true;
        }
        String key = request.getHeader(HEADER);
        if (!IdempotencyStore.isKey(key)) {
            throw RequestRejectionException.invalidArgument(
                    HEADER, HEADER + " must have 1 to 255 visible characters of ASCII.");
        }
        var use = new RequestKey(caller(request, kept.body()), request.getMethod(), request.getRequestURI(), key);
        return switch (store.begin(use, kept.body())) {
            case Outcome.Execute(Lease lease) -> {
                kept.setLease(lease);
                kept.setExecution(IdempotentExecution.begin(upToDate(lease)));
                yield true;
            }
            case Outcome.Repeat(Reply reply) -> {
                write(reply, response);
                yield false;
            }
            case Outcome.OtherBody() ->
                throw RequestRejectionException.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "idempotency-key-reused",
                        "This idempotency key was used with another body. Use a new key for a new request.");
            case Outcome.StillRunning() ->
                throw RequestRejectionException.retryable(
                        HttpStatus.CONFLICT,
                        "idempotency-key-in-use",
                        "The first request with this idempotency key is not answered yet. Try again.",
                        RETRY_AFTER);
        };
    }

    /**
     * Includes the current organization, so that a session for another organization gets no reply of this one. Anonymous callers have
     * nothing in common but what they send, so the body is part of their keys.
     */
    private static String caller(HttpServletRequest request, byte[] body) {
        Caller caller = Caller.current();
        if (caller != null) {
            return caller.idempotencyScope() + " in " + caller.organizationIfAny();
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization == null ? "anonymous with " + new String(body, ISO_8859_1) : authorization;
    }

    /** An earlier execution may have appended events that are not projected yet: they would record its command as done. */
    private Lease upToDate(Lease lease) {
        if (!lease.repeated() || lease.done() != null) {
            return lease;
        }
        readModelProgress.show(AppendResult.at(AppendResult.UNTOLD));
        return store.refresh(lease);
    }

    private static void write(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        response.setHeader(REPEATED, "true");
        response.getOutputStream().write(reply.body());
    }
}
