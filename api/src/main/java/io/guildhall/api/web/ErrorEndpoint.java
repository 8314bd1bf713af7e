package io.guildhall.api.web;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives errors that the container reports the same body. A response that has begun gets no second body. */
@Hidden
@RestController
class ErrorEndpoint implements ErrorController {

    private final ProblemWriter problems;

    ErrorEndpoint(ProblemWriter problems) {
        this.problems = problems;
    }

    @RequestMapping("${server.error.path:/error}")
    @RequiresPermission(Permission.PUBLIC)
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                    ? HttpStatus.valueOf(code)
                    : HttpStatus.NOT_FOUND;
            // Tomcat's connection timeout while a body is read.
            Problem problem = status == HttpStatus.REQUEST_TIMEOUT
                    ? Problem.of(status, "body-too-slow", "The body of the request took too long to arrive.")
                    : Problem.ofStatus(status);
            problems.write(problem, request, response);
        }
    }
}
