package io.guildhall.api.session;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.PathResource;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.api.web.PageParameters;
import io.guildhall.domain.session.SessionCommand.EndSession;
import io.guildhall.domain.session.SessionCommand.EndSignIn;
import io.guildhall.query.session.ListSessions;
import io.guildhall.query.session.SessionPage;
import io.guildhall.query.session.SessionView;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sessions of a person who is signed in: further ones, the list of sign-ins, and signing out (R3, R7, R17a). */
@RestController
class SessionEndpoint implements PathResource {

    private final SessionService sessions;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;

    SessionEndpoint(SessionService sessions, QueryDispatcher queries, CommandExecutor commandExecutor) {
        this.sessions = sessions;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    /**
     * A sign-in, on one device as a rule.
     *
     * @param current whether the caller's session came out of it
     * @param expiresAt when it ends, however often its sessions are renewed
     * @param ipAddress the network address that its newest session was started from
     * @param client the kind of program that started it, such as {@code Firefox on Linux}
     */
    record Session(
            String id,
            boolean current,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            @Nullable String ipAddress,
            @Nullable String client) {}

    record SessionList(List<Session> sessions, long limit, long offset, long count) {}

    @PostMapping("/v1/account/session")
    @RequiresPermission(Permission.USER_MANAGE)
    SessionResponse start(Caller caller, HttpServletRequest request) {
        return sessions.startFor(caller, null, "SESSION", request);
    }

    @PostMapping("/v1/unscope_organization_token")
    @RequiresPermission(Permission.USER_MANAGE)
    SessionResponse unscope(Caller caller, HttpServletRequest request) {
        return sessions.startFor(caller, null, "UNSCOPE", request);
    }

    /**
     * An interactive session switches to any organization that the person belongs to; every other does not exist. A bound token gets
     * a session for its own organization, with at most its scopes and end.
     */
    @PostMapping("/v1/organizations/{id}/switch")
    @RequiresPermission(value = Permission.ORGANIZATION_SWITCH, resource = SessionEndpoint.class)
    SessionResponse switchTo(@PathVariable UUID id, Caller caller, HttpServletRequest request) {
        return sessions.startFor(caller, id, "SWITCH", request);
    }

    /** Rejects a bound token for another organization. For others the command says whether the user belongs to it. */
    @Override
    public void require(UUID organization, Caller caller) {
        caller.requireReach(organization);
    }

    @PutMapping("/v1/account/refresh")
    @RequiresPermission(Permission.USER_MANAGE)
    SessionResponse refresh(Caller caller, HttpServletRequest request) {
        return sessions.refresh(caller, request);
    }

    /** Ends the sign-in with all sessions and access tokens that came out of it; a bound session ends alone. */
    @DeleteMapping("/v1/account/logout")
    @RequiresPermission(Permission.SESSION_END)
    EmptyResponse logout(Caller caller) {
        commandExecutor.perform(new EndSession(caller.user(), caller.id()), caller);
        return EmptyResponse.INSTANCE;
    }

    /** The newest first. */
    @GetMapping("/v1/account/sessions")
    @RequiresPermission(Permission.USER_MANAGE)
    SessionList list(PageParameters page, Caller caller) {
        SessionPage found =
                queries.ask(new ListSessions(caller.user(), page.limit(), page.offset()), SessionPage.class);
        String current = String.valueOf(caller.signIn());
        return new SessionList(
                found.sessions().stream().map(it -> session(it, current)).toList(),
                found.limit(),
                found.offset(),
                found.count());
    }

    @DeleteMapping("/v1/account/sessions/{id}")
    @RequiresPermission(Permission.USER_MANAGE)
    EmptyResponse end(@PathVariable UUID id, Caller caller) {
        commandExecutor.perform(new EndSignIn(caller.user(), id), caller);
        return EmptyResponse.INSTANCE;
    }

    private static Session session(SessionView view, String current) {
        return new Session(
                view.id(),
                view.id().equals(current),
                view.createdAt(),
                view.lastUsedAt(),
                view.expiresAt(),
                view.address(),
                view.client());
    }
}
