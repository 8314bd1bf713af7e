package io.guildhall.api.web;

import io.guildhall.domain.session.SessionRefusal;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.domain.token.TokenRefusal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which kind of caller may call a route, by what its {@link Permitted} says. The one place that decides it. */
public final class RouteAccess {

    private RouteAccess() {}

    /** Of a caller with scopes: for these scopes. */
    public static boolean admits(Permitted route, CallerType caller, Collection<String> scopes) {
        return switch (route.value()) {
            case PUBLIC -> true;
            case OPERATOR -> caller == CallerType.OPERATOR;
            default -> caller.hasToken() && refusal(route, caller, scopes) == null;
        };
    }

    /** Refuses a caller whose token works, and is of the wrong kind for the route. */
    static void require(Permitted route, CallerType caller, Collection<String> scopes) {
        CommandRefused refused = refusal(route, caller, scopes);
        if (refused != null) {
            throw refused;
        }
    }

    private static @Nullable CommandRefused refusal(Permitted route, CallerType caller, Collection<String> scopes) {
        if (caller.isScoped()
                && !route.anyScope()
                && (route.needs().length == 0 || !Scope.allow(scopes, route.needs()))) {
            return CommandRefused.because(new TokenRefusal.TokenLimited());
        }
        boolean needsPerson = route.person()
                || route.value() == Who.USER
                || route.value() == Who.SESSION
                || route.value() == Who.INTERACTIVE;
        if (needsPerson && !caller.isPerson()) {
            return CommandRefused.because(new WebRefusal.NeedsAPerson());
        }
        boolean session = caller == CallerType.INTERACTIVE_SESSION || caller == CallerType.BOUND_SESSION;
        if (route.value() == Who.SESSION && !session) {
            return CommandRefused.because(new WebRefusal.NeedsASession());
        }
        if (route.value() == Who.INTERACTIVE && caller != CallerType.INTERACTIVE_SESSION) {
            return CommandRefused.because(new SessionRefusal.NeedsInteractiveSession());
        }
        return null;
    }
}
