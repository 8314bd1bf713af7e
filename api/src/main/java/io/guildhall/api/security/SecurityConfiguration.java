package io.guildhall.api.security;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Spring Security's filter chains: one for operators, one for everything else. Each route of the API declares its permission, which
 * {@link AuthorizationInterceptor} checks. Only requests with the console's cookie, and those that ask for it, need a CSRF token.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsProperties.class)
class SecurityConfiguration {

    private static final String CONTENT_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /**
     * The actuator and the operators' routes. Everybody may know whether the service is live and ready. Metrics are for operators and for the
     * holder of the metrics key, everything else for operators. The same holds where {@code management.server.port} names another port.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain operators(
            HttpSecurity http,
            DataDirectory home,
            MetricsProperties metrics,
            ProblemWriter problems,
            RequestRateLimiter rateLimiter)
            throws Exception {
        var keys = new KeyAuthenticationFilter(home.operatorKey(), metrics.key(), problems, rateLimiter);
        return withoutLogin(http)
                .securityMatcher(
                        new OrRequestMatcher(EndpointRequest.toAnyEndpoint(), KeyAuthenticationFilter::isOperatorRoute))
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(keys, AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .requestMatchers(EndpointRequest.to(PrometheusScrapeEndpoint.class))
                        .hasAnyAuthority(
                                Permission.OPERATE.getAuthority(), KeyAuthenticationFilter.METRICS.getAuthority())
                        .anyRequest()
                        .hasAuthority(Permission.OPERATE.getAuthority()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, rejected) -> keys.reject(request, response))
                        .accessDeniedHandler((request, response, denied) -> keys.reject(request, response)))
                .build();
    }

    @Bean
    SecurityFilterChain api(
            HttpSecurity http,
            BrowserSessions browserSessions,
            TokenAuthenticator tokens,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver exceptions)
            throws Exception {
        return withoutLogin(http)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens(browserSessions))
                        // The token is in no body, so it needs no masking against compression attacks.
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(request -> needsCsrfToken(request, browserSessions)))
                .addFilterAfter(new TokenAuthenticationFilter(tokens, exceptions), CsrfFilter.class)
                .exceptionHandling(handling ->
                        handling.accessDeniedHandler((request, response, denied) -> exceptions.resolveException(
                                request,
                                response,
                                SecurityConfiguration.class,
                                RequestRejectionException.forbidden(
                                        "csrf-token-invalid",
                                        "The CSRF token is missing or does not match. Load the page again."))))
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .build();
    }

    private static HttpSecurity withoutLogin(HttpSecurity http) throws Exception {
        return http.formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        // A mailed link's id is in the address of the page.
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)));
    }

    private static boolean needsCsrfToken(HttpServletRequest request, BrowserSessions browserSessions) {
        return !SAFE_METHODS.contains(request.getMethod()) && browserSessions.isOfBrowser(request);
    }

    /** Scripts of the console read this cookie and send its value as the header {@code X-XSRF-TOKEN}. */
    private static CsrfTokenRepository csrfTokens(BrowserSessions browserSessions) {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieName(browserSessions.csrfCookie());
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(
                cookie -> cookie.secure(browserSessions.secure()).sameSite("Lax"));
        return tokens;
    }

    /** The request is observed as one; each filter's own timers would cost as much again. */
    @Bean
    SecurityObservationSettings filtersUnobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** The filters authenticate by themselves. Without this bean Boot creates a user and prints a password. */
    @Bean
    AuthenticationManager noAuthenticationManager() {
        return authentication -> {
            throw new ProviderNotFoundException("Requests are authenticated by filters");
        };
    }

    @Bean
    RequestRejectedHandler rejectedByFirewall(ProblemWriter problems, RequestRateLimiter rateLimiter) {
        return (request, response, rejected) -> rateLimiter.reject(
                Problem.of(
                        HttpStatus.BAD_REQUEST, "request-rejected", "The request's address or headers are malformed."),
                problems,
                request,
                response);
    }
}
