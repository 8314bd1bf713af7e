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

/** Gives every request an id, the caller's own when it is sane: in the reply, in each log line, in the trail. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestId extends OncePerRequestFilter {

    public static final String HEADER = "X-Request-Id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The id of the request that this thread is at, or a new one outside of any. */
    public static String current() {
        String id = MDC.get(LogContext.REQUEST);
        return id == null ? made() : id;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        give(request, response);
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
        give(request, response);
        try {
            return answer.get();
        } finally {
            LogContext.clear();
        }
    }

    private static void give(HttpServletRequest request, HttpServletResponse response) {
        String id = request.getAttribute(LogContext.REQUEST) instanceof String before
                ? before
                : given(request.getHeader(HEADER));
        request.setAttribute(LogContext.REQUEST, id);
        response.setHeader(HEADER, id);
        MDC.put(LogContext.REQUEST, id);
    }

    /** Errors are dispatched again by the container, and need the id as well. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /** Nor does what goes on in another thread lose it, or leave it there. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static String given(@Nullable String id) {
        return id != null && SANE.matcher(id).matches() ? id : made();
    }

    private static String made() {
        return UUID.randomUUID().toString();
    }
}
