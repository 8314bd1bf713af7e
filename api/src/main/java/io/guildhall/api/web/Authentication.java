package io.guildhall.api.web;

import io.guildhall.api.secret.TokenFormat;
import io.guildhall.domain.membership.MembershipRefusal;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.query.session.CallerView;
import io.guildhall.query.session.Callers;
import io.guildhall.query.session.SignInLastUse;
import io.guildhall.query.token.LastUse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** From the bearer token of a request to who calls. The texts are those that clients of the contract match on. */
@Component
class Authentication {

    private static final String SCHEME = "Bearer ";

    private final TokenFormat format;
    private final Callers callers;
    private final LastUse lastUse;
    private final SignInLastUse signInLastUse;
    private final Clock clock;
    private final TokenChecks checks;
    private final RequestRateLimiter budgets;

    Authentication(
            TokenFormat format,
            Callers callers,
            LastUse lastUse,
            SignInLastUse signInLastUse,
            Clock clock,
            TokenChecks checks,
            RequestRateLimiter budgets) {
        this.format = format;
        this.callers = callers;
        this.lastUse = lastUse;
        this.signInLastUse = signInLastUse;
        this.clock = clock;
        this.checks = checks;
        this.budgets = budgets;
    }

    /** The bearer token, or null when the request has none at all. */
    static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return null;
        }
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    Caller authenticate(HttpServletRequest request) {
        String token = bearer(request);
        if (token == null) {
            budgets.count(request, null);
            throw ProblemException.unauthenticated("unauthenticated", "Route needs to be authenticated");
        }
        TokenFormat.Kind kind = format.check(token);
        if (kind == null) {
            checks.malformed();
            budgets.count(request, null);
            throw ProblemException.unauthenticated("token-malformed", "Invalid token format");
        }
        Caller found = find(request, token, kind);
        if (found == null) {
            throw ProblemException.unauthenticated("token-invalid", "Invalid token");
        }
        return found;
    }

    /** For routes that work without: null unless the token works. */
    @Nullable Caller authenticateIfPossible(HttpServletRequest request) {
        String token = bearer(request);
        TokenFormat.Kind kind = token == null ? null : format.check(token);
        if (token == null || kind == null) {
            budgets.count(request, null);
            return null;
        }
        return find(request, token, kind);
    }

    private @Nullable Caller find(HttpServletRequest request, String token, TokenFormat.Kind kind) {
        budgets.requireSome(request);
        UUID organization = BrowserSessions.organization(request);
        CallerView found = find(token, kind, organization);
        Caller caller = found == null ? null : new Caller(found, RequestId.current());
        budgets.count(request, caller);
        if (found != null && organization != null && !found.member()) {
            throw CommandRefused.because(new MembershipRefusal.NotAMember());
        }
        return caller;
    }

    private void used(CallerView found, TokenFormat.Kind kind) {
        if (kind == TokenFormat.Kind.API) {
            lastUse.used(found.id(), clock.instant());
        }
        if (found.signIn() != null) {
            signInLastUse.used(found.signIn(), clock.instant());
        }
    }

    /** @param organization the one that a browser's request names, or null for the session's current one */
    private @Nullable CallerView find(String token, TokenFormat.Kind kind, @Nullable UUID organization) {
        String hash = TokenFormat.hash(token);
        CallerView found = switch (kind) {
            case SESSION ->
                organization == null ? callers.findSession(hash) : callers.findSessionIn(organization, hash);
            case API -> callers.findToken(hash);
        };
        checks.checked(kind, found);
        if (found != null) {
            used(found, kind);
        }
        return found;
    }
}
