package io.guildhall.api.security;

import static io.guildhall.api.error.RequestRejectionException.unauthenticated;

import io.guildhall.api.request.RequestId;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.query.session.BearerTokenLookup;
import io.guildhall.query.session.CallerView;
import io.guildhall.query.session.SignInLastUse;
import io.guildhall.query.token.TokenUsageRecorder;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Finds the caller by the bearer token of a request, or by the session in the console's cookie. Counts the request for the caller. */
@Component
class TokenAuthenticator {

    private static final String SCHEME = "Bearer ";

    private final TokenCodec format;
    private final BrowserSessions browserSessions;
    private final BearerTokenLookup bearerTokenLookup;
    private final TokenUsageRecorder tokenUsageRecorder;
    private final SignInLastUse signInLastUse;
    private final Clock clock;
    private final TokenMetrics metrics;
    private final RequestRateLimiter rateLimiter;

    TokenAuthenticator(
            TokenCodec format,
            BrowserSessions browserSessions,
            BearerTokenLookup bearerTokenLookup,
            TokenUsageRecorder tokenUsageRecorder,
            SignInLastUse signInLastUse,
            Clock clock,
            TokenMetrics metrics,
            RequestRateLimiter rateLimiter) {
        this.format = format;
        this.browserSessions = browserSessions;
        this.bearerTokenLookup = bearerTokenLookup;
        this.tokenUsageRecorder = tokenUsageRecorder;
        this.signInLastUse = signInLastUse;
        this.clock = clock;
        this.metrics = metrics;
        this.rateLimiter = rateLimiter;
    }

    /** The token of the {@code Authorization} header: null without that header, empty for another scheme. */
    static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return null;
        }
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    /**
     * Authenticates the request. Clients match on the messages.
     *
     * @throws io.guildhall.api.error.RequestRejectionException 401 without a valid token; 429 for one request too many
     */
    Caller authenticate(HttpServletRequest request) {
        String bearer = bearer(request);
        String token = bearer == null ? browserSessions.token(request) : bearer;
        TokenCodec.Kind kind = token == null ? null : format.check(token);
        if (token == null || kind == null) {
            rateLimiter.count(request, null);
            if (token == null) {
                throw AuthorizationInterceptor.unauthenticated();
            }
            metrics.malformed();
            throw unauthenticated("token-malformed", "Invalid token format");
        }
        String hash = TokenCodec.hash(token);
        request.setAttribute(RequestRateLimiter.TOKEN_HASH, hash);
        rateLimiter.requireSome(request);
        UUID organization = browserSessions.organization(request);
        CallerView found = find(hash, kind, organization);
        Caller caller = found == null ? null : new Caller(found, RequestId.current());
        rateLimiter.count(request, caller);
        if (found == null || caller == null) {
            throw unauthenticated("token-invalid", "Invalid token");
        }
        if (organization != null && !found.member()) {
            throw new DomainRejectionException(MembershipRejections.NOT_A_MEMBER);
        }
        return caller;
    }

    /** @param organization the one that a browser's request names, or null for the session's current one */
    private @Nullable CallerView find(String hash, TokenCodec.Kind kind, @Nullable UUID organization) {
        CallerView found = switch (kind) {
            case SESSION ->
                organization == null
                        ? bearerTokenLookup.findSession(hash)
                        : bearerTokenLookup.findSessionIn(organization, hash);
            case API -> bearerTokenLookup.findToken(hash);
        };
        metrics.checked(kind, found);
        if (found != null && kind == TokenCodec.Kind.API) {
            tokenUsageRecorder.used(found.id(), clock.instant());
        }
        if (found != null && found.signIn() != null) {
            signInLastUse.used(found.signIn(), clock.instant());
        }
        return found;
    }
}
