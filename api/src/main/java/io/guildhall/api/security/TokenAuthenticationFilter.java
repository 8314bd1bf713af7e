package io.guildhall.api.security;

import io.guildhall.api.error.RequestRejectionException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Authenticates requests for the API. A request without a valid token goes on as anonymous: public routes ignore the token, and
 * {@link AuthorizationInterceptor} rejects the request on all others.
 */
final class TokenAuthenticationFilter extends OncePerRequestFilter {

    private static final String REJECTION = TokenAuthenticationFilter.class.getName() + ".REJECTION";

    private final TokenAuthenticator tokens;
    private final HandlerExceptionResolver exceptions;

    TokenAuthenticationFilter(TokenAuthenticator tokens, HandlerExceptionResolver exceptions) {
        this.tokens = tokens;
        this.exceptions = exceptions;
    }

    /** The reason why the request is anonymous; null for a path that is not of the API. */
    static @Nullable RequestRejectionException rejection(HttpServletRequest request) {
        return (RequestRejectionException) request.getAttribute(REJECTION);
    }

    /** Pages and files need no caller. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !path.startsWith("/v1/") && !path.startsWith("/v2/") && !path.equals("/console/session");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            SecurityContextHolder.setContext(
                    new SecurityContextImpl(new CallerAuthentication(tokens.authenticate(request))));
        } catch (RuntimeException failure) {
            if (!(failure instanceof RequestRejectionException rejection)
                    || rejection.getStatusCode() != HttpStatus.UNAUTHORIZED) {
                exceptions.resolveException(request, response, this, failure);
                return;
            }
            request.setAttribute(REJECTION, rejection);
        }
        chain.doFilter(request, response);
    }
}
