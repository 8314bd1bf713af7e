package io.guildhall.api.session;

import io.guildhall.api.secret.TokenFormat;
import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.wiring.GuildhallProperties;
import io.guildhall.domain.session.NewSession;
import io.guildhall.domain.session.RefreshSession;
import io.guildhall.domain.session.StartSession;
import io.guildhall.query.session.CallerView;
import io.guildhall.query.session.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes sessions, and the replies that show their tokens (R3, R7). */
@Component
public class Sessions {

    private final TokenFormat format;
    private final Acts acts;
    private final Callers callers;
    private final GuildhallProperties properties;
    private final Clock clock;

    Sessions(TokenFormat format, Acts acts, Callers callers, GuildhallProperties properties, Clock clock) {
        this.format = format;
        this.acts = acts;
        this.callers = callers;
        this.properties = properties;
        this.clock = clock;
    }

    /** A session that is not started yet, and the value of its token. */
    public record Prepared(String value, NewSession session) {}

    public Prepared prepare(HttpServletRequest request) {
        return prepare(request, properties.sessionLifetime());
    }

    private Prepared prepare(HttpServletRequest request, Duration lifetime) {
        String value = format.newToken(TokenFormat.Kind.SESSION, Turn.current().random());
        return new Prepared(
                value, new NewSession(Turn.newId(), TokenFormat.hash(value), lifetime, request.getRemoteAddr()));
    }

    /**
     * For somebody who has just shown who they are.
     *
     * @param password the one that was checked or set, whose change meanwhile prevents the session; or null
     */
    public SignedIn start(
            UUID account,
            @Nullable UUID organization,
            String cause,
            @Nullable UUID password,
            HttpServletRequest request) {
        Prepared prepared = prepare(request);
        acts.perform(
                new StartSession(account, prepared.session(), organization, null, cause, password), Acts.of(account));
        return reply(prepared, account, organization);
    }

    /** For somebody who is signed in already. What was made with an API token lasts no longer than that token works. */
    public SignedIn startFor(Caller caller, @Nullable UUID organization, String cause, HttpServletRequest request) {
        return startFor(caller, organization, cause, properties.sessionLifetime(), request);
    }

    public SignedIn startFor(
            Caller caller, @Nullable UUID organization, String cause, Duration lifetime, HttpServletRequest request) {
        Prepared prepared = prepare(request, lifetime);
        acts.perform(
                new StartSession(caller.account(), prepared.session(), organization, caller.via(), cause, null),
                caller);
        return reply(prepared, caller.account(), organization);
    }

    SignedIn refresh(Caller caller, HttpServletRequest request) {
        Prepared prepared = prepare(request);
        acts.perform(new RefreshSession(caller.account(), caller.id(), prepared.session()), caller);
        return reply(prepared, caller.account(), caller.organizationIfAny());
    }

    /** The reply for a session that was started. */
    public SignedIn reply(Prepared prepared, UUID account, @Nullable UUID organization) {
        CallerView started = callers.findSession(prepared.session().tokenHash());
        Instant expires =
                started == null ? clock.instant().plus(prepared.session().validity()) : started.expiresAt();
        return SignedIn.of(prepared.value(), account, organization, expires);
    }
}
