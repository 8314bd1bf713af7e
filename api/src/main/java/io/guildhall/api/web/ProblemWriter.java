package io.guildhall.api.web;

import io.guildhall.domain.shared.CommandRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem where there is no handler method: in filters. */
@Component
class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    void write(CommandRefused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Duration retryAfter = Problems.retryAfter(refused.refusal());
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        }
        write(Problems.problem(refused.refusal()), request, response);
    }

    /** Counts a request that is refused before it is known who calls: 429 instead of the problem for one too many. */
    void writeCounted(
            Problem problem, RequestRateLimiter budgets, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            budgets.count(request, null);
        } catch (CommandRefused tooOften) {
            write(tooOften, request, response);
            return;
        }
        write(problem, request, response);
    }

    void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = begin(problem, request, response);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * The same for filters of Spring Security. Its response closes once a known length is written, Tomcat then closes the request's
     * body as well, and the connection could not be used again.
     */
    void writeWithoutLength(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.getOutputStream().write(begin(problem, request, response));
    }

    private byte[] begin(Problem problem, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(problem.status());
        response.setContentType(Problems.mediaType(request).toString());
        return ErrorPage.isWanted(request) ? ErrorPage.of(problem) : json.writeValueAsBytes(problem);
    }
}
