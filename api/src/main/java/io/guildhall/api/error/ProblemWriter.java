package io.guildhall.api.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems for filters, where there is no handler method. */
@Component
public class ProblemWriter {

    private final JsonMapper json;

    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(RequestRejectionException rejection, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        rejection.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
        write(rejection.problem(), request, response);
    }

    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(ApiExceptionHandler.mediaType(request).toString());
        // Without a length: Spring Security's response closes once a known length is written, and Tomcat the connection
        // with it.
        response.getOutputStream()
                .write(ErrorPage.isWanted(request) ? ErrorPage.of(problem) : json.writeValueAsBytes(problem));
    }
}
