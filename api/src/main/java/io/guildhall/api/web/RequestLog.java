package io.guildhall.api.web;

import io.guildhall.infrastructure.observability.LogContext;
import io.guildhall.infrastructure.observability.LogText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Logs one line for a request that failed with a server error, that changed something as an operator, or that was rejected on an operator's
 * route. For all others only where the logger {@value #NAME} is set to debug. It names the route and not the address, which may
 * hold a mailed link's id.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class RequestLog extends OncePerRequestFilter {

    static final String NAME = "io.guildhall.requests";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final int SERVER_ERROR = 500;
    private static final int REFUSED = 400;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begun = request.getAttribute(NAME) instanceof Long before ? before : System.nanoTime();
        boolean returned = false;
        try {
            chain.doFilter(request, response);
            returned = true;
        } finally {
            if (isAsyncStarted(request)) {
                // The response is asynchronous, and is logged when it ends.
                request.setAttribute(NAME, begun);
            } else {
                note(request, returned ? response.getStatus() : SERVER_ERROR, System.nanoTime() - begun);
            }
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static void note(HttpServletRequest request, int status, long nanos) {
        Level level = level(request, status);
        if (LOG.isEnabledForLevel(level)) {
            String route = route(request);
            String method = LogText.of(request.getMethod());
            long millis = nanos / 1_000_000;
            LoggingEventBuilder line = LOG.atLevel(level)
                    .addKeyValue("method", method)
                    .addKeyValue("route", route)
                    .addKeyValue("status", status)
                    .addKeyValue("millis", millis);
            line.log("{} {} was answered {} after {} ms", method, route, status, millis);
        }
    }

    private static Level level(HttpServletRequest request, int status) {
        String route = route(request);
        // A probe that says that something is wrong is itself all right.
        if (status >= SERVER_ERROR && !route.startsWith("/actuator/")) {
            return Level.WARN;
        }
        boolean operator = LogContext.OPERATOR.equals(MDC.get(LogContext.ACTOR));
        boolean reading = request.getMethod().equals("GET");
        return operator && !reading || status >= REFUSED && route.startsWith("/operator/") ? Level.INFO : Level.DEBUG;
    }

    private static String route(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route
                ? route
                : "none";
    }
}
