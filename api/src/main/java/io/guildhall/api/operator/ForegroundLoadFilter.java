package io.guildhall.api.operator;

import io.guildhall.infrastructure.projection.rebuild.ForegroundLoad;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notices callers of this process, whom a rebuild gives way to. Not those who watch it or the service; and somebody who follows a
 * trail only when they begin.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
final class ForegroundLoadFilter extends OncePerRequestFilter implements ForegroundLoad {

    /** Who calls now and then is waited for so long. */
    private static final long LATELY = Duration.ofMillis(500).toNanos();

    private volatile long last = System.nanoTime() - LATELY;

    @Override
    public boolean isThere() {
        return System.nanoTime() - last < LATELY;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/operator/") || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        last = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            last = System.nanoTime();
        }
    }
}
