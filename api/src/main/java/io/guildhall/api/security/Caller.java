package io.guildhall.api.security;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.domain.session.SessionRejections;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.ParentCredential;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.session.CallerView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/** The authenticated caller: by which token, in which request and organization. Handler methods take it as a parameter. */
public final class Caller {

    private static final String SESSION = "SESSION";

    private final CallerView view;
    private final String request;
    private final @Nullable UUID organization;

    /** The caller of the current request; null for an anonymous one, and for an operator. */
    public static @Nullable Caller current() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication authentication
                ? authentication.getPrincipal()
                : null;
    }

    Caller(CallerView view, String request) {
        this(view, request, view.organization());
    }

    private Caller(CallerView view, String request, @Nullable UUID organization) {
        this.view = view;
        this.request = request;
        this.organization = organization;
    }

    /** The same caller, acting in one of the person's organizations without it being the session's current one. */
    Caller in(UUID other) {
        return new Caller(view, request, other);
    }

    CallerView view() {
        return view;
    }

    /** The session's or API token's id. */
    public UUID id() {
        return view.id();
    }

    /** {@link Instant#MAX} for a token that never does. */
    public Instant expiresAt() {
        return view.expiresAt();
    }

    public boolean hasSession() {
        return view.kind().equals(SESSION);
    }

    /** Whether it is good for one organization only: an API token, an access token, or a session made with one (R17a). */
    public boolean isBound() {
        return !view.interactive();
    }

    /** The only organization that the caller may see, or null when there is no such limit. */
    public @Nullable UUID onlyOrganization() {
        return isBound() ? view.organization() : null;
    }

    /** Rejects a bound caller for every organization but its own, whether that organization exists or not. */
    public void requireReach(UUID wanted) {
        if (isBound() && !wanted.equals(view.organization())) {
            throw new DomainRejectionException(SessionRejections.BOUND_TO_ORGANIZATION);
        }
    }

    /** Rejects every user but the own one: other users do not exist. */
    public void requireSelf(UUID user) {
        if (!isUser(user)) {
            throw RequestRejectionException.notFound("user");
        }
    }

    /** Rejects a bound caller. */
    public void requireInteractive() {
        if (isBound()) {
            throw new DomainRejectionException(SessionRejections.INTERACTIVE_SESSION_REQUIRED);
        }
    }

    CallerType type() {
        if (isScoped()) {
            return view.user() == null ? CallerType.SCOPED_ORGANIZATION_TOKEN : CallerType.SCOPED_USER_TOKEN;
        }
        if (hasSession()) {
            return isBound() ? CallerType.BOUND_SESSION : CallerType.INTERACTIVE_SESSION;
        }
        return view.user() == null ? CallerType.ORGANIZATION_TOKEN : CallerType.USER_TOKEN;
    }

    /** The sign-in that the caller's session came out of, or null. */
    public @Nullable UUID signIn() {
        return view.signIn();
    }

    /** When the person gave a password for the sign-in; null when that is not known. */
    public @Nullable Instant authenticatedAt() {
        return view.authenticatedAt();
    }

    /** What is made with this credential derives from it (R17a). */
    public ParentCredential credential() {
        return new ParentCredential(
                onlyOrganization(),
                hasSession() ? null : view.id(),
                hasSession() ? view.id() : view.parentSession(),
                view.expiresAt().equals(Instant.MAX) ? null : view.expiresAt(),
                view.scopes());
    }

    /**
     * Who shares idempotency keys: all interactive sessions of one sign-in. Every other token is on its own, so that none reads the
     * answer of one that may do more.
     */
    public String idempotencyScope() {
        return view.interactive() ? "sign-in " + view.signIn() : "token " + view.id();
    }

    /** Whether it is an API token with scopes, or a session that was made with one. */
    boolean isScoped() {
        return view.scopes() != null;
    }

    /** Empty without scopes. */
    List<String> scopes() {
        return view.scopes() == null ? List.of() : view.scopes();
    }

    /** The person, or null for an organization's token. */
    public @Nullable UUID userIfAny() {
        return view.user();
    }

    /**
     * The id whose limits this caller shares: the person's for sessions and personal tokens, the organization's for its tokens. More
     * tokens never give more requests, exports or tries.
     */
    public UUID limitedId() {
        UUID user = view.user();
        return user != null ? user : organization();
    }

    /** The person; refused for an organization's token, which has none. */
    public UUID user() {
        if (view.user() == null) {
            throw Permission.userRequired();
        }
        return view.user();
    }

    public boolean isUser(@Nullable UUID user) {
        return user != null && user.equals(view.user());
    }

    /** The current organization, or null. */
    public @Nullable UUID organizationIfAny() {
        return organization;
    }

    /** The current organization; refused without one. */
    public UUID organization() {
        if (organization == null) {
            throw RequestRejectionException.forbidden(
                    "organization-required", "This session has no current organization. Switch to one first.");
        }
        return organization;
    }

    /** What is shown of the token's current organization, or null without one. */
    public @Nullable OrganizationView organizationShown() {
        return view.itself();
    }

    /** The API token behind this caller: the bearer itself, or the one that the session was made with. */
    public @Nullable UUID sessionToken() {
        return hasSession() ? view.sessionToken() : view.id();
    }

    /** The actor of the events that the request leads to (R19). */
    public ActorContext actor() {
        return ActorContext.byUser(view.user(), hasSession() ? null : view.id(), request)
                .inSessionOf(hasSession() ? view.sessionToken() : null);
    }
}
