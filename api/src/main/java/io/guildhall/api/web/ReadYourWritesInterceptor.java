package io.guildhall.api.web;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.command.ReadModelProgress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Answers a read that asks for a position once the read models show that position. Needs a caller, since a waiting request holds resources. */
@Component
class ReadYourWritesInterceptor implements HandlerInterceptor {

    static final String HEADER = "Guildhall-At-Least";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReadModelProgress readModelProgress;

    ReadYourWritesInterceptor(ReadModelProgress readModelProgress) {
        this.readModelProgress = readModelProgress;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        String wanted = request.getHeader(HEADER);
        if (wanted != null
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))) {
            requireCaller();
            await(position(wanted));
        }
        return true;
    }

    private static void requireCaller() {
        if (SecurityContextHolder.getContext().getAuthentication() == null) {
            throw RequestRejectionException.unauthenticated(
                    "unauthenticated",
                    HEADER + " needs an authenticated caller. Send a token, or leave the header out.");
        }
    }

    private static long position(String wanted) {
        if (!wanted.matches("[0-9]{1,18}")) {
            throw malformed(" must be a position, as Guildhall-Position names it.");
        }
        return Long.parseLong(wanted);
    }

    private void await(long wanted) throws InterruptedException {
        if (readModelProgress.await(wanted, Duration.ZERO)) {
            return;
        }
        if (readModelProgress.last() < wanted) {
            throw malformed(" must not be beyond the last position that there is.");
        }
        if (!readModelProgress.await(wanted, PATIENCE)) {
            throw RequestRejectionException.retryable(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "position-not-reached",
                    "The position asked for is not reached yet. Try again.",
                    RETRY_AFTER);
        }
    }

    private static RequestRejectionException malformed(String rule) {
        return RequestRejectionException.invalidArgument(HEADER, HEADER + rule);
    }
}
