package io.guildhall.api.session;

import io.guildhall.api.secret.TokenFormat;
import io.guildhall.api.throttle.NetworkAddresses;
import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Queries;
import io.guildhall.api.wiring.GuildhallProperties;
import io.guildhall.domain.account.AccountRefusal;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.session.NewSession;
import io.guildhall.domain.session.RefreshSession;
import io.guildhall.domain.session.StartSession;
import io.guildhall.query.membership.DefaultOrganizationView;
import io.guildhall.query.membership.FindDefaultOrganization;
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
    private final Queries queries;
    private final SignInThrottle signIns;
    private final GuildhallProperties properties;
    private final Clock clock;

    Sessions(
            TokenFormat format,
            Acts acts,
            Callers callers,
            Queries queries,
            SignInThrottle signIns,
            GuildhallProperties properties,
            Clock clock) {
        this.format = format;
        this.acts = acts;
        this.callers = callers;
        this.queries = queries;
        this.signIns = signIns;
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
     * Signs in somebody who has just shown who they are.
     *
     * @param organization the one that was asked for; null for the one last used, or else the first one joined
     * @param password the one that was checked or set, whose change meanwhile prevents the session; or null
     */
    public SignedIn start(
            UUID account,
            @Nullable UUID organization,
            String cause,
            @Nullable UUID password,
            HttpServletRequest request) {
        Prepared prepared = prepare(request);
        UUID first = organization == null ? defaultOrganization(account) : organization;
        try {
            start(prepared, account, first, cause, password);
            signedIn(account, request);
            return reply(prepared, account, first);
        } catch (CommandRefused refused) {
            // The membership ended since the default was looked up.
            if (organization == null && first != null && refused.refusal() instanceof AccountRefusal.NotAMember) {
                start(prepared, account, null, cause, password);
                signedIn(account, request);
                return reply(prepared, account, null);
            }
            throw refused;
        }
    }

    /** Remembers the network of a user who has just shown who they are. */
    public void signedIn(UUID account, HttpServletRequest request) {
        signIns.signedIn(account, NetworkAddresses.limited(request));
    }

    private void start(
            Prepared prepared, UUID account, @Nullable UUID organization, String cause, @Nullable UUID password) {
        acts.perform(
                new StartSession(account, prepared.session(), organization, cause, password, null), Acts.of(account));
    }

    private @Nullable UUID defaultOrganization(UUID account) {
        DefaultOrganizationView found =
                queries.find(new FindDefaultOrganization(account), DefaultOrganizationView.class);
        return found == null ? null : found.organization();
    }

    /** For somebody who is signed in already. What a bound token makes lasts no longer than the token. */
    public SignedIn startFor(Caller caller, @Nullable UUID organization, String cause, HttpServletRequest request) {
        return startFor(caller, organization, cause, properties.sessionLifetime(), request);
    }

    public SignedIn startFor(
            Caller caller, @Nullable UUID organization, String cause, Duration lifetime, HttpServletRequest request) {
        Prepared prepared = prepare(request, lifetime);
        acts.perform(
                new StartSession(caller.account(), prepared.session(), organization, cause, null, caller.credential()),
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
