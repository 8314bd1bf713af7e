package io.guildhall.api.web;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.wiring.Positions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Answers a read that asks for a position once the read models show that position. Needs a caller, since a waiting request holds
 * resources; all requests that wait at this node share one query per 20 ms.
 */
@Component
class AtLeast implements HandlerInterceptor {

    static final String HEADER = "Guildhall-At-Least";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SharedReading head;
    private final SharedReading last;

    AtLeast(Positions positions) {
        this.head = new SharedReading(positions::head);
        this.last = new SharedReading(positions::last);
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
        long begun = System.nanoTime();
        if (head.since(begun) >= wanted) {
            return;
        }
        if (last.since(begun) < wanted) {
            throw malformed(" must not be beyond the last position that there is.");
        }
        while (head.since(System.nanoTime() - PAUSE.toNanos()) < wanted) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw RequestRejectionException.retryable(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "position-not-reached",
                        "The position asked for is not reached yet. Try again.",
                        RETRY_AFTER);
            }
            Thread.sleep(PAUSE);
        }
    }

    private static RequestRejectionException malformed(String rule) {
        return RequestRejectionException.invalidArgument(HEADER, HEADER + rule);
    }

    /** A number that several threads read together: each gets one that was read after the time that it names. */
    private static final class SharedReading {

        private final LongSupplier read;
        private final ReentrantLock lock = new ReentrantLock();
        private boolean known;
        private long begun;
        private long value;

        SharedReading(LongSupplier read) {
            this.read = read;
        }

        long since(long nanos) {
            lock.lock();
            try {
                if (!known || begun - nanos < 0) {
                    long now = System.nanoTime();
                    value = read.getAsLong();
                    begun = now;
                    known = true;
                }
                return value;
            } finally {
                lock.unlock();
            }
        }
    }
}
