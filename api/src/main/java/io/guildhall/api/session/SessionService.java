package io.guildhall.api.session;

import io.guildhall.api.config.GuildhallProperties;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.NetworkAddresses;
import io.guildhall.api.security.Caller;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.session.SessionCommand.RefreshSession;
import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.shared.SessionOrigin;
import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.query.membership.DefaultOrganizationView;
import io.guildhall.query.membership.FindDefaultOrganization;
import io.guildhall.query.session.BearerTokenLookup;
import io.guildhall.query.session.CallerView;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes sessions, and the replies that show their tokens (R3, R7). */
@Component
public class SessionService {

    private final TokenCodec format;
    private final CommandExecutor commandExecutor;
    private final BearerTokenLookup bearerTokenLookup;
    private final QueryDispatcher queries;
    private final SignInRateLimiter signIns;
    private final GuildhallProperties properties;
    private final Clock clock;

    SessionService(
            TokenCodec format,
            CommandExecutor commandExecutor,
            BearerTokenLookup bearerTokenLookup,
            QueryDispatcher queries,
            SignInRateLimiter signIns,
            GuildhallProperties properties,
            Clock clock) {
        this.format = format;
        this.commandExecutor = commandExecutor;
        this.bearerTokenLookup = bearerTokenLookup;
        this.queries = queries;
        this.signIns = signIns;
        this.properties = properties;
        this.clock = clock;
    }

    /** A session that is not started yet, and the value of its token. */
    public record Prepared(String value, SessionDescriptor session) {}

    public Prepared prepare(HttpServletRequest request) {
        return prepare(request, properties.sessionLifetime());
    }

    private Prepared prepare(HttpServletRequest request, Duration lifetime) {
        String value = format.newToken(
                TokenCodec.Kind.SESSION, IdempotentExecution.newSecret("session-token", TokenCodec.SECRET_BYTES));
        var origin = new SessionOrigin(
                request.getRemoteAddr(), UserAgents.nameOf(request.getHeader(HttpHeaders.USER_AGENT)));
        return new Prepared(
                value,
                new SessionDescriptor(
                        IdempotentExecution.newId("session-id"), TokenCodec.hash(value), lifetime, origin));
    }

    /**
     * Starts a session for an authenticated user.
     *
     * @param organization the one that was asked for; null for the one last used, or else the first one joined
     * @param password the one that was checked, whose change meanwhile prevents the session; or null
     */
    SessionResponse start(
            UUID user, @Nullable UUID organization, String cause, @Nullable UUID password, HttpServletRequest request) {
        Prepared prepared = prepare(request);
        UUID unlessAsked = organization == null ? defaultOrganization(user) : null;
        commandExecutor.perform(
                new StartSession(user, prepared.session(), organization, unlessAsked, cause, password, null),
                CommandExecutor.of(user));
        return signedIn(prepared, user, request);
    }

    /** Stores the network of an authenticated user, and returns the session. */
    public SessionResponse signedIn(Prepared prepared, UUID user, HttpServletRequest request) {
        signIns.signedIn(user, NetworkAddresses.limited(request));
        return reply(prepared, user);
    }

    /** The current organization of a new session where none is asked for: the one last used, or else the first one joined. */
    public @Nullable UUID defaultOrganization(UUID user) {
        DefaultOrganizationView found = queries.find(new FindDefaultOrganization(user), DefaultOrganizationView.class);
        return found == null ? null : found.organization();
    }

    /** Starts a further session of a signed-in user. What a bound token makes lasts no longer than the token. */
    public SessionResponse startFor(
            Caller caller, @Nullable UUID organization, String cause, HttpServletRequest request) {
        return startFor(caller, organization, cause, properties.sessionLifetime(), request);
    }

    public SessionResponse startFor(
            Caller caller, @Nullable UUID organization, String cause, Duration lifetime, HttpServletRequest request) {
        Prepared prepared = prepare(request, lifetime);
        commandExecutor.perform(
                new StartSession(
                        caller.user(), prepared.session(), organization, null, cause, null, caller.credential()),
                caller);
        return reply(prepared, caller.user());
    }

    SessionResponse refresh(Caller caller, HttpServletRequest request) {
        Prepared prepared = prepare(request);
        commandExecutor.perform(new RefreshSession(caller.user(), caller.id(), prepared.session()), caller);
        return reply(prepared, caller.user());
    }

    /** The reply for a session that was started, even if it has ended since. */
    private SessionResponse reply(Prepared prepared, UUID user) {
        SessionResponse started = replyIfStarted(prepared, user);
        return started != null
                ? started
                : SessionResponse.of(
                        prepared.value(),
                        user,
                        null,
                        clock.instant().plus(prepared.session().validity()));
    }

    /** The reply for a session, or null if there is no such session. */
    public @Nullable SessionResponse replyIfStarted(Prepared prepared, UUID user) {
        CallerView started = bearerTokenLookup.findSession(prepared.session().tokenHash());
        return started == null
                ? null
                : SessionResponse.of(prepared.value(), user, started.organization(), started.expiresAt());
    }
}
