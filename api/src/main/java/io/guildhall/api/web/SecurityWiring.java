package io.guildhall.api.web;

import io.guildhall.api.datadirectory.DataDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
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
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Spring Security for its firewall, its headers and its CSRF protection. Each route declares who may call it, and {@link Admission}
 * checks that. Only requests with the console's cookie, and those that ask for it, need a CSRF token.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsProperties.class)
class SecurityWiring {

    private static final String CONTENT_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /**
     * What the actuator says: everybody may know whether the service lives and is ready; why, only operators; and what it measures,
     * they and who has the key for it. The same on a port of its own, should {@code management.server.port} name one.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain actuator(
            HttpSecurity http,
            DataDirectory home,
            MetricsProperties metrics,
            ProblemWriter problems,
            RequestRateLimiter budgets)
            throws Exception {
        var access = new ActuatorAccess(home, metrics, problems, budgets);
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(access, AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .requestMatchers(EndpointRequest.to(PrometheusScrapeEndpoint.class))
                        .hasAnyRole(ActuatorAccess.OPERATOR, ActuatorAccess.METRICS)
                        .anyRequest()
                        .hasRole(ActuatorAccess.OPERATOR))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(
                                (request, response, why) -> access.refuse(request, response))
                        .accessDeniedHandler((request, response, why) -> access.refuse(request, response)))
                .build();
    }

    @Bean
    SecurityFilterChain everyRequest(HttpSecurity http, BrowserSessions browserSessions, ProblemWriter problems)
            throws Exception {
        return http.csrf(csrf -> csrf.csrfTokenRepository(csrfTokens(browserSessions))
                        // The token is in no body, so it needs no masking against compression attacks.
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(SecurityWiring::needsCsrfToken))
                .addFilterBefore(new BrowserSessionFilter(browserSessions), CsrfFilter.class)
                .exceptionHandling(refused ->
                        refused.accessDeniedHandler((request, response, why) -> problems.writeWithoutLength(
                                Problem.ofType(
                                        HttpStatus.FORBIDDEN,
                                        "csrf-token-invalid",
                                        "The CSRF token is missing or does not match. Load the page again."),
                                request,
                                response)))
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        // A mailed link's id is in the address of the page.
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    private static boolean needsCsrfToken(HttpServletRequest request) {
        return !SAFE_METHODS.contains(request.getMethod()) && BrowserSessions.isOfBrowser(request);
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

    /** Nobody signs in through Spring Security; without this bean Boot makes up a user and prints a password. */
    @Bean
    AuthenticationManager nobody() {
        return authentication -> {
            throw new ProviderNotFoundException("Nobody signs in here");
        };
    }

    @Bean
    RequestRejectedHandler rejectedByFirewall(ProblemWriter problems, RequestRateLimiter budgets) {
        return (request, response, rejected) -> problems.writeCounted(
                Problem.ofType(
                        HttpStatus.BAD_REQUEST, "request-rejected", "The request's address or headers are malformed."),
                budgets,
                request,
                response);
    }
}
