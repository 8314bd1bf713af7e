package io.guildhall.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.datadirectory.DataDirectory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows an operator, and who may read the metrics, by the key that a request brings as its bearer token. */
final class ActuatorAccess extends OncePerRequestFilter {

    static final String OPERATOR = "OPERATOR";
    static final String METRICS = "METRICS";

    private final @Nullable String operatorKey;
    private final @Nullable String metricsKey;
    private final ProblemWriter problems;
    private final RequestRateLimiter budgets;

    ActuatorAccess(
            DataDirectory home, MetricsProperties properties, ProblemWriter problems, RequestRateLimiter budgets) {
        this.operatorKey = home.operatorKey();
        this.metricsKey = properties.key() == null || properties.key().isBlank() ? null : properties.key();
        this.problems = problems;
        this.budgets = budgets;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String bearer = Authentication.bearer(request);
        if (bearer != null) {
            String role = is(bearer, operatorKey) ? OPERATOR : is(bearer, metricsKey) ? METRICS : null;
            if (role == null) {
                refuse(request, response);
                return;
            }
            var known = new PreAuthenticatedAuthenticationToken(
                    role, null, AuthorityUtils.createAuthorityList("ROLE_" + role));
            SecurityContextHolder.getContext().setAuthentication(known);
        }
        chain.doFilter(request, response);
        // Whatever was refused is counted by now.
        budgets.exempt(request);
    }

    /** To whoever brings no key that is good for it; and who guesses is held to the limit of requests. */
    void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problems.writeCounted(
                Problem.ofType(HttpStatus.UNAUTHORIZED, "operator-key-invalid", "Invalid operator key"),
                budgets,
                request,
                response);
    }

    private static boolean is(String bearer, @Nullable String key) {
        return key != null && MessageDigest.isEqual(bearer.getBytes(UTF_8), key.getBytes(UTF_8));
    }
}
