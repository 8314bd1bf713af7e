package io.guildhall.api.web;

import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.session.CallerView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who calls, by which token, in which request. Handler methods take it as a parameter. */
public final class Caller {

    private static final String SESSION = "SESSION";

    private final CallerView view;
    private final String request;
    private final @Nullable UUID organization;

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

    /** Refused for an API token. */
    public void requireSession() {
        if (!hasSession()) {
            throw CommandRefused.because(new WebRefusal.NeedsASession());
        }
    }

    /** Whether it is an API token that is good for its scopes alone. */
    boolean isLimited() {
        return view.scopes() != null;
    }

    /** Of a limited one. */
    List<String> scopes() {
        return view.scopes() == null ? List.of() : view.scopes();
    }

    /** The person, or null for an organization's token. */
    public @Nullable UUID accountIfAny() {
        return view.account();
    }

    /** The person; refused for an organization's token, which has none. */
    public UUID account() {
        if (view.account() == null) {
            throw CommandRefused.because(new WebRefusal.NeedsAPerson());
        }
        return view.account();
    }

    public boolean isAccount(@Nullable UUID account) {
        return account != null && account.equals(view.account());
    }

    /** The current organization, or null. */
    public @Nullable UUID organizationIfAny() {
        return organization;
    }

    /** The current organization; refused without one. */
    public UUID organization() {
        if (organization == null) {
            throw CommandRefused.because(new WebRefusal.NeedsAnOrganization());
        }
        return organization;
    }

    /** What is shown of the token's current organization, or null without one. */
    public @Nullable OrganizationView organizationShown() {
        return view.itself();
    }

    /** The API token behind this caller: the bearer itself, or the one that the session was made with. */
    public @Nullable UUID via() {
        return hasSession() ? view.via() : view.id();
    }

    /** R19. */
    public Act act() {
        return Act.byAccount(view.account(), hasSession() ? null : view.id(), request)
                .inSessionOf(hasSession() ? view.via() : null);
    }
}
