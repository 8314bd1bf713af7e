package io.guildhall.api.web;

import io.guildhall.api.wiring.Positions;
import io.guildhall.domain.kernel.CommandRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** A read that asks for it is answered only once the read models are at a position, or told to come again. */
@Component
class AtLeast implements HandlerInterceptor {

    static final String HEADER = "Guildhall-At-Least";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Positions positions;

    AtLeast(Positions positions) {
        this.positions = positions;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        String wanted = request.getHeader(HEADER);
        if (wanted != null
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))) {
            await(position(wanted));
        }
        return true;
    }

    private static long position(String wanted) {
        if (!wanted.matches("[0-9]{1,18}")) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(HEADER, HEADER + " must be a position."));
        }
        return Long.parseLong(wanted);
    }

    private void await(long wanted) throws InterruptedException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (positions.head() < wanted) {
            if (Instant.now().isAfter(giveUp)) {
                throw ProblemException.retryable(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "position-not-reached",
                        "The position asked for is not reached yet. Try again.",
                        RETRY_AFTER);
            }
            Thread.sleep(PAUSE);
        }
    }
}
