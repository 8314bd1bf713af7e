package io.guildhall.api.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No answer takes for ever. One that we are not done with in time is interrupted: whoever asked gets 503, or what came of it all
 * the same. One that its reader does not take is ended with its connection.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class AnswerLimit extends OncePerRequestFilter {

    /** They may ask for a whole trail to be checked. */
    private static final int OPERATORS = 10;

    private static final String RETRY_AFTER_SECONDS = "2";

    private final ProblemWriter problems;
    private final RequestProperties properties;
    private final Set<PacedResponse> underWay = ConcurrentHashMap.newKeySet();

    AnswerLimit(ProblemWriter problems, RequestProperties properties) {
        this.problems = problems;
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var paced = new PacedResponse(response, limit(request), properties);
        underWay.add(paced);
        Exception failure = null;
        try {
            chain.doFilter(request, paced);
        } catch (ServletException | IOException | RuntimeException e) {
            failure = e;
        } finally {
            underWay.remove(paced);
            paced.end();
        }
        if (paced.isUnread()) {
            throw new CloseNowException("The reader of an answer does not take it", failure);
        }
        if (paced.wasInterrupted()
                && !response.isCommitted()
                && (failure != null || response.getStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value())) {
            refuse(request, response);
        } else {
            rethrow(failure);
        }
    }

    private Duration limit(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/operator/")
                ? properties.answer().multipliedBy(OPERATORS)
                : properties.answer();
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        problems.write(
                Problem.ofType(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "took-too-long",
                        "This took too long, and may have been carried out or not. Try again."),
                request,
                response);
    }

    private static void rethrow(@Nullable Exception failure) throws ServletException, IOException {
        switch (failure) {
            case null -> {}
            case ServletException e -> throw e;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** At a rate, and so by a thread of its own: what else is done by the clock may hang where requests do. */
    @Scheduled(fixedRate = 500)
    void interruptWhatTakesTooLong() {
        underWay.forEach(PacedResponse::interruptIfLate);
    }
}
