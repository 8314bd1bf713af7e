package io.guildhall.api.web;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.request.RequestId;
import io.guildhall.infrastructure.observability.FailureLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what any other filter throws. Without it, Tomcat logs a stack trace for each such request, and dispatches it again to an error
 * page although its answer has been sent.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class FailureFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(FailureFilter.class);

    private final ProblemWriter problems;

    FailureFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) != null && response.isCommitted()) {
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (BadRequestException | CloseNowException gone) {
            throw gone;
        } catch (ServletException | IOException | RuntimeException failure) {
            FailureLog.error(LOG, "Request %s failed".formatted(RequestId.current()), failure);
            if (response.isCommitted()) {
                throw new CloseNowException("The answer cannot be completed", failure);
            }
            response.resetBuffer();
            problems.write(Problem.internalError(), request, response);
        }
    }

    @Override
    protected void doFilterNestedErrorDispatch(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        doFilterInternal(request, response, chain);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
