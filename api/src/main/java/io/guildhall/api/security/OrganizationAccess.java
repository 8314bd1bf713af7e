package io.guildhall.api.security;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.query.membership.FindMembership;
import io.guildhall.query.membership.MembershipView;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.session.CallerView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks that an organization exists for a caller, and that its state allows the request (R17, R21, R23: 403, 401, 404). */
@Component
public class OrganizationAccess {

    /** The statuses of organizations, for filters. */
    public static final String STATUSES = "WARNING, LOCKED, ACTIVE, DEACTIVATING, DEACTIVATED, DELETING, DELETED";

    private final QueryDispatcher queries;

    OrganizationAccess(QueryDispatcher queries) {
        this.queries = queries;
    }

    /** The states of an organization in which a request works. */
    public enum State {
        ACTIVE,
        NOT_LOCKED,
        ANY
    }

    /** Rejects callers whose membership of the current organization has ended, and those of an organization in another state. */
    public void requireCurrent(Caller caller, State state) {
        CallerView view = caller.view();
        if (!view.member()) {
            throw new DomainRejectionException(MembershipRejections.NOT_A_MEMBER);
        }
        OrganizationView organization = view.itself();
        requireState(
                state,
                view.locked(),
                organization == null ? null : organization.lockReason(),
                "ACTIVE".equals(view.organizationStatus()));
    }

    /**
     * Requires an organization that a path, query or body names by id: the current one, or any of the user's while the session has none.
     * Every other does not exist.
     *
     * @return the caller in that organization
     */
    public Caller requireNamed(Caller caller, UUID organization, State state) {
        if (organization.equals(caller.organizationIfAny())) {
            requireCurrent(caller, state);
            return caller;
        }
        UUID user = caller.userIfAny();
        OrganizationView found = caller.organizationIfAny() != null
                        || user == null
                        || queries.find(new FindMembership(organization, user), MembershipView.class) == null
                ? null
                : queries.find(new FindOrganization(organization), OrganizationView.class);
        if (found == null) {
            throw new DomainRejectionException(OrganizationRejections.NO_SUCH_ORGANIZATION);
        }
        requireState(
                state,
                found.status().equals("LOCKED"),
                found.lockReason(),
                !found.status().startsWith("DEACTIVAT") && !found.status().startsWith("DELET"));
        return caller.in(organization);
    }

    /** Requires that an organization that a query or body names is the current one. Clients may send none. */
    public void requireIsCurrent(Caller caller, @Nullable UUID organization) {
        if (organization != null && !organization.equals(caller.organization())) {
            throw new DomainRejectionException(OrganizationRejections.NO_SUCH_ORGANIZATION);
        }
    }

    /**
     * The organization whose resources a list shows: the named one, or else the current one; null for all organizations of the user, which
     * the user's own id alone asks for. A bound caller has its own organization only.
     */
    public @Nullable UUID organizationToList(Caller caller, @Nullable UUID organization, @Nullable UUID user) {
        if (organization != null) {
            return requireNamed(caller, organization, State.ACTIVE).organization();
        }
        if (caller.isUser(user)) {
            return caller.isBound() ? caller.organization() : null;
        }
        UUID current = caller.organization();
        requireCurrent(caller, State.ACTIVE);
        return current;
    }

    private static void requireState(State state, boolean locked, @Nullable String lockReason, boolean active) {
        if (locked && state != State.ANY) {
            throw new DomainRejectionException(OrganizationRejections.locked(lockReason));
        }
        if (!active && state == State.ACTIVE) {
            throw new DomainRejectionException(OrganizationRejections.TOKEN_REJECTED);
        }
    }
}
