package io.guildhall.api.security;

import static io.guildhall.api.security.Permission.Subject.ORGANIZATION;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.observability.LogContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Authorizes a request by the {@link RequiresPermission} of its route (R15, R17, R21, R23), before parameters and body are bound. */
@Component
public class AuthorizationInterceptor implements HandlerInterceptor {

    private static final String REQUIRED = RequiresPermission.class.getName();

    /** The pattern of the handler for unknown paths. */
    private static final String EVERY_PATH = "/**";

    private final TokenAuthenticator tokens;
    private final OrganizationAccess organizations;
    private final RequestRateLimiter rateLimiter;

    AuthorizationInterceptor(
            TokenAuthenticator tokens, OrganizationAccess organizations, RequestRateLimiter rateLimiter) {
        this.tokens = tokens;
        this.organizations = organizations;
        this.rateLimiter = rateLimiter;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        RequiresPermission required =
                handler instanceof HandlerMethod method ? method.getMethodAnnotation(RequiresPermission.class) : null;
        if (required == null && isPageOrFile(request, handler)) {
            rateLimiter.exempt(request);
        } else {
            rateLimiter.count(request, null);
        }
        if (required == null) {
            return true;
        }
        request.setAttribute(REQUIRED, required);
        Caller caller = Caller.current();
        switch (required.value()) {
            case PUBLIC -> {
                if (caller != null && !caller.isScoped()) {
                    log(caller);
                } else {
                    SecurityContextHolder.clearContext();
                }
            }
            case OPERATE -> {
                requireOperator();
                LogContext.operator();
            }
            default -> {
                Caller authorized = authorize(required, requireAuthenticated(caller, request), request);
                if (authorized != caller) {
                    SecurityContextHolder.setContext(new SecurityContextImpl(new CallerAuthentication(authorized)));
                }
                log(authorized);
            }
        }
        return true;
    }

    /** Pages and files come from memory and are not counted. Unknown paths are. */
    private static boolean isPageOrFile(HttpServletRequest request, Object handler) {
        return !(handler instanceof HandlerMethod)
                && !EVERY_PATH.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    private static void log(Caller caller) {
        LogContext.caller(caller.userIfAny(), caller.sessionToken(), caller.organizationIfAny());
    }

    private static Caller requireAuthenticated(@Nullable Caller caller, HttpServletRequest request) {
        if (caller != null) {
            return caller;
        }
        RequestRejectionException rejection = TokenAuthenticationFilter.rejection(request);
        throw rejection == null ? unauthenticated() : rejection;
    }

    /** The filter chain has let operators alone pass. */
    private static void requireOperator() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.getAuthorities().contains(Permission.OPERATE)) {
            throw unauthenticated();
        }
    }

    static RequestRejectionException unauthenticated() {
        return RequestRejectionException.unauthenticated("unauthenticated", "Route needs to be authenticated");
    }

    /**
     * Authorizes the same request once more, for a response that takes long (R17: nothing is sent after the membership has ended).
     *
     * @param before the caller of the first authorization; the second one must have the same organization
     */
    public Caller reauthorize(HttpServletRequest request, Caller before) {
        if (!(request.getAttribute(REQUIRED) instanceof RequiresPermission required)) {
            throw new IllegalStateException("The request was not authorized before");
        }
        Caller caller = authorize(required, tokens.authenticate(request), request);
        if (!Objects.equals(caller.organizationIfAny(), before.organizationIfAny())) {
            throw new DomainRejectionException(MembershipRejections.NOT_A_MEMBER);
        }
        return caller;
    }

    private Caller authorize(RequiresPermission required, Caller caller, HttpServletRequest request) {
        // A bound token is of no use after the membership has ended (R17, R17a).
        if (caller.isBound() && !caller.view().member()) {
            throw new DomainRejectionException(MembershipRejections.NOT_A_MEMBER);
        }
        Permission permission = required.value();
        if (!permission.isGrantedTo(caller.type(), caller.scopes())) {
            throw permission.rejection(caller.type());
        }
        if (permission.subject() != ORGANIZATION) {
            return caller;
        }
        return switch (required.organization()) {
            case CURRENT -> {
                caller.organization();
                organizations.requireCurrent(caller, state(required, request));
                yield caller;
            }
            case PATH ->
                organizations.requireNamed(
                        caller,
                        PathResourceInterceptor.pathId(request, "organization_id", "id"),
                        state(required, request));
            case PARAMETERS -> caller;
        };
    }

    private static OrganizationAccess.State state(RequiresPermission required, HttpServletRequest request) {
        if (!required.whileDeactivated()) {
            return OrganizationAccess.State.ACTIVE;
        }
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reading ? OrganizationAccess.State.ANY : OrganizationAccess.State.NOT_LOCKED;
    }
}
