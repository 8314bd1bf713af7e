package io.guildhall.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates operators, and readers of the metrics, by the key in the {@code Authorization} header. Rejects every other key. */
final class KeyAuthenticationFilter extends OncePerRequestFilter {

    static final GrantedAuthority METRICS = new SimpleGrantedAuthority("METRICS");

    private final @Nullable String operatorKey;
    private final @Nullable String metricsKey;
    private final ProblemWriter problems;
    private final RequestRateLimiter rateLimiter;

    KeyAuthenticationFilter(
            @Nullable String operatorKey,
            @Nullable String metricsKey,
            ProblemWriter problems,
            RequestRateLimiter rateLimiter) {
        this.operatorKey = operatorKey;
        this.metricsKey = metricsKey == null || metricsKey.isBlank() ? null : metricsKey;
        this.problems = problems;
        this.rateLimiter = rateLimiter;
    }

    static boolean isOperatorRoute(HttpServletRequest request) {
        return request.getServletPath().startsWith("/operator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = TokenAuthenticator.bearer(request);
        if (isEqual(key, operatorKey)) {
            authenticate(request, "operator", Permission.OPERATE);
        } else if (isEqual(key, metricsKey)) {
            authenticate(request, "metrics", METRICS);
        } else if (key != null) {
            reject(request, response);
            return;
        }
        chain.doFilter(request, response);
        // A probe without a key. A rejected request is counted by now.
        rateLimiter.exempt(request);
    }

    /** Without an operator key the service has no operators' routes. */
    void reject(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem;
        if (operatorKey == null && isOperatorRoute(request)) {
            problem = Problem.ofStatus(HttpStatus.NOT_FOUND);
        } else if (TokenAuthenticator.bearer(request) == null) {
            problem = Problem.of(HttpStatus.UNAUTHORIZED, "unauthenticated", "Route needs to be authenticated");
        } else {
            problem = Problem.of(HttpStatus.UNAUTHORIZED, "operator-key-invalid", "Invalid operator key");
        }
        rateLimiter.reject(problem, problems, request, response);
    }

    private void authenticate(HttpServletRequest request, String name, GrantedAuthority authority) {
        rateLimiter.exempt(request);
        var authentication = new PreAuthenticatedAuthenticationToken(name, null, List.of(authority));
        SecurityContextHolder.setContext(new SecurityContextImpl(authentication));
    }

    private static boolean isEqual(@Nullable String given, @Nullable String key) {
        return given != null && key != null && MessageDigest.isEqual(given.getBytes(UTF_8), key.getBytes(UTF_8));
    }
}
