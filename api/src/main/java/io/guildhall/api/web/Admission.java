package io.guildhall.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.datadirectory.DataDirectory;
import io.guildhall.domain.membership.MembershipRefusal;
import io.guildhall.domain.organization.OrganizationRefusal;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.query.membership.FindMembership;
import io.guildhall.query.membership.MembershipView;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.session.CallerView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Lets a request through to its handler method only as {@link Permitted} there says (R15, R17, R21, R23). */
@Component
public class Admission implements HandlerInterceptor {

    static final String CALLER = Caller.class.getName();
    private static final String PERMITTED = Permitted.class.getName();

    /** What only the handler for unknown paths is mapped to. */
    static final String EVERY_PATH = "/**";

    private final Authentication authentication;
    private final Queries queries;
    private final DataDirectory home;
    private final RequestRateLimiter budgets;

    Admission(Authentication authentication, Queries queries, DataDirectory home, RequestRateLimiter budgets) {
        this.authentication = authentication;
        this.queries = queries;
        this.home = home;
        this.budgets = budgets;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Permitted permitted =
                handler instanceof HandlerMethod method ? method.getMethodAnnotation(Permitted.class) : null;
        if (permitted == null) {
            if (isPageOrFile(request, handler)) {
                budgets.exempt(request);
            } else {
                budgets.count(request, null);
            }
        } else {
            Caller caller = admit(permitted, request);
            if (caller != null) {
                LogContext.admitted(caller);
            }
            request.setAttribute(CALLER, caller);
            request.setAttribute(PERMITTED, permitted);
        }
        return true;
    }

    /** The console's pages and files come from memory and use nobody's budget. Unknown paths do. */
    private static boolean isPageOrFile(HttpServletRequest request, Object handler) {
        return !(handler instanceof HandlerMethod)
                && !EVERY_PATH.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    /** Whether it is known who sends this request: a user, an organization's token or an operator. */
    static boolean hasCaller(HttpServletRequest request) {
        return request.getAttribute(CALLER) != null
                || request.getAttribute(PERMITTED) instanceof Permitted permitted && permitted.value() == Who.OPERATOR;
    }

    /**
     * For an answer that takes long: lets the same request through once more, as things stand now (R17).
     *
     * @param before who was let through before, who must not be in another organization now
     */
    public Caller readmit(HttpServletRequest request, Caller before) {
        Caller caller =
                request.getAttribute(PERMITTED) instanceof Permitted permitted ? admit(permitted, request) : null;
        if (caller == null || !Objects.equals(caller.organizationIfAny(), before.organizationIfAny())) {
            throw CommandRefused.because(new MembershipRefusal.NotAMember());
        }
        return caller;
    }

    private @Nullable Caller admit(Permitted permitted, HttpServletRequest request) {
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return switch (permitted.value()) {
            case PUBLIC -> {
                Caller caller = authentication.authenticateIfPossible(request);
                yield caller == null || caller.isLimited() ? null : caller;
            }
            case USER, SESSION, INTERACTIVE -> known(permitted, request);
            case CALLER -> granted(known(permitted, request), permitted);
            case MEMBER -> {
                Caller caller = known(permitted, request);
                caller.organization();
                toCurrent(caller, permitted.whileDeactivated(), reading);
                yield granted(caller, permitted);
            }
            case ORGANIZATION -> {
                Caller caller = known(permitted, request);
                yield granted(toNamed(caller, named(request), permitted.whileDeactivated(), reading), permitted);
            }
            case OPERATOR -> {
                requireOperator(request);
                yield null;
            }
        };
    }

    /**
     * Refuses callers of the wrong kind, and bound ones whose person is no longer a member of the organization: those are good for
     * nothing (R17, R17a).
     */
    private Caller known(Permitted permitted, HttpServletRequest request) {
        Caller caller = authentication.authenticate(request);
        if (caller.isBound() && !caller.view().member()) {
            throw CommandRefused.because(new MembershipRefusal.NotAMember());
        }
        RouteAccess.require(permitted, caller.type(), caller.scopes());
        return caller;
    }

    /**
     * Refuses callers whose membership of the current organization has ended, and those of an organization that is locked or
     * deactivated (R17, R21).
     */
    public void toCurrent(Caller caller, boolean whileDeactivated, boolean reading) {
        CallerView view = caller.view();
        if (!view.member()) {
            throw CommandRefused.because(new MembershipRefusal.NotAMember());
        }
        OrganizationView shown = view.itself();
        refuseUnlessUsable(
                view.locked(),
                shown == null ? null : shown.lockReason(),
                "ACTIVE".equals(view.organizationStatus()),
                whileDeactivated,
                reading);
    }

    /**
     * The same for an organization named by id: the current one, or any of the person's while the session has none. Every other
     * does not exist (R23).
     */
    public Caller toNamed(Caller caller, UUID organization, boolean whileDeactivated, boolean reading) {
        if (organization.equals(caller.organizationIfAny())) {
            toCurrent(caller, whileDeactivated, reading);
            return caller;
        }
        UUID user = caller.userIfAny();
        if (caller.organizationIfAny() != null
                || user == null
                || queries.find(new FindMembership(organization, user), MembershipView.class) == null) {
            throw noSuchOrganization();
        }
        OrganizationView found = queries.find(new FindOrganization(organization), OrganizationView.class);
        if (found == null) {
            throw noSuchOrganization();
        }
        refuseUnlessUsable(
                found.status().equals("LOCKED"),
                found.lockReason(),
                !found.status().startsWith("DEACTIVAT") && !found.status().startsWith("DELET"),
                whileDeactivated,
                reading);
        return caller.in(organization);
    }

    private static void refuseUnlessUsable(
            boolean locked, @Nullable String lockReason, boolean active, boolean whileDeactivated, boolean reading) {
        if (locked && !(whileDeactivated && reading)) {
            throw CommandRefused.because(new OrganizationRefusal.Locked(lockReason));
        }
        if (!active && !whileDeactivated) {
            throw CommandRefused.because(new OrganizationRefusal.TokenRejected());
        }
    }

    private static Caller granted(Caller caller, Permitted permitted) {
        for (Permission needed : permitted.needs()) {
            if (!Role.OWNER.grants(needed)) {
                throw CommandRefused.because(new WebRefusal.RoleInsufficient());
            }
        }
        return caller;
    }

    private static CommandRefused noSuchOrganization() {
        return CommandRefused.because(new OrganizationRefusal.NoSuchOrganization());
    }

    private static UUID named(HttpServletRequest request) {
        String name = "id";
        Object value = null;
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
            name = variables.containsKey("organization_id") ? "organization_id" : name;
            value = variables.get(name);
        }
        UUID organization = Ids.parse(String.valueOf(value));
        if (organization == null) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(name, name + " must be a UUID."));
        }
        return organization;
    }

    /** Without a key there are no operators, and so none of their routes. */
    private void requireOperator(HttpServletRequest request) {
        String key = home.operatorKey();
        if (key == null) {
            budgets.count(request, null);
            throw CommandRefused.because(new WebRefusal.NotFound("route"));
        }
        String bearer = Authentication.bearer(request);
        if (bearer == null) {
            budgets.count(request, null);
            throw ProblemException.unauthenticated("unauthenticated", "Route needs to be authenticated");
        }
        if (!MessageDigest.isEqual(bearer.getBytes(UTF_8), key.getBytes(UTF_8))) {
            budgets.count(request, null);
            throw ProblemException.unauthenticated("operator-key-invalid", "Invalid operator key");
        }
        budgets.exempt(request);
        LogContext.admittedOperator();
    }
}
