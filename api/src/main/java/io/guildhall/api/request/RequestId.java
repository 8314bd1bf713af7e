package io.guildhall.api.request;

import io.guildhall.infrastructure.observability.LogContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request an id, the client's own if it is valid. The id is in the response, in each log line and in the trail. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestId extends OncePerRequestFilter {

    public static final String HEADER = "X-Request-Id";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The id of the request that this thread is at, or a new one outside of any. */
    public static String current() {
        String id = MDC.get(LogContext.REQUEST);
        return id == null ? newId() : id;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        assign(request, response);
        try {
            chain.doFilter(request, response);
        } finally {
            LogContext.clear();
        }
    }

    /** For what the container refuses before any filter sees it, such as a NUL in the address. */
    public static <T> T during(HttpServletRequest request, HttpServletResponse response, Supplier<T> answer) {
        if (MDC.get(LogContext.REQUEST) != null) {
            return answer.get();
        }
        assign(request, response);
        try {
            return answer.get();
        } finally {
            LogContext.clear();
        }
    }

    private static void assign(HttpServletRequest request, HttpServletResponse response) {
        String id = request.getAttribute(LogContext.REQUEST) instanceof String before
                ? before
                : accepted(request.getHeader(HEADER));
        request.setAttribute(LogContext.REQUEST, id);
        response.setHeader(HEADER, id);
        MDC.put(LogContext.REQUEST, id);
    }

    /** Errors are dispatched again by the container, and need the id as well. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /** An asynchronous response keeps the id in its own thread, and clears it there. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static String accepted(@Nullable String id) {
        return id != null && VALID.matcher(id).matches() ? id : newId();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
