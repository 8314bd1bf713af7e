package io.guildhall.api.session;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.NetworkAddresses;
import io.guildhall.api.security.Caller;
import io.guildhall.query.user.FindPassword;
import io.guildhall.query.user.SignInView;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes sure that the person is there, and not only a session that was left open somewhere: before the user is deleted or its
 * password changed (R3).
 */
@Component
public class Reauthentication {

    /** How long a sign-in by password counts as recent. */
    private static final Duration RECENT = Duration.ofMinutes(15);

    private final QueryDispatcher queries;
    private final PasswordHasher passwordHasher;
    private final SignInRateLimiter signIns;
    private final Clock clock;

    Reauthentication(QueryDispatcher queries, PasswordHasher passwordHasher, SignInRateLimiter signIns, Clock clock) {
        this.queries = queries;
        this.passwordHasher = passwordHasher;
        this.signIns = signIns;
        this.clock = clock;
    }

    /**
     * Requires the current password, or none where the caller's sign-in by password is at most 15 minutes old.
     *
     * @param currentPassword as given with the request, or null
     */
    public void requireRecent(Caller caller, @Nullable String currentPassword, HttpServletRequest request) {
        if (!isRecent(caller, currentPassword, request)) {
            throw RequestRejectionException.reauthenticationRequired();
        }
    }

    /**
     * Whether the user has signed in by password, or given it, recently. A password that comes with the request must be right.
     *
     * @param currentPassword as given with the request, or null
     */
    public boolean isRecent(Caller caller, @Nullable String currentPassword, HttpServletRequest request) {
        if (currentPassword != null) {
            requirePassword(caller.user(), currentPassword, request);
            return true;
        }
        return isRecent(caller.authenticatedAt());
    }

    private boolean isRecent(@Nullable Instant authenticated) {
        return authenticated != null && clock.instant().isBefore(authenticated.plus(RECENT));
    }

    /** Requires the current password. Wrong guesses are limited as failed sign-ins are, and counted apart from those. */
    private void requirePassword(UUID user, @Nullable String given, HttpServletRequest request) {
        SignInView known = queries.find(new FindPassword(user), SignInView.class);
        var attempt = signIns.confirmation(user, NetworkAddresses.limited(request));
        boolean matches = given != null
                && passwordHasher.inTurn(() -> {
                    signIns.requireAllowed(attempt);
                    boolean right = passwordHasher.matches(given, known == null ? null : known.encodedPassword());
                    if (!right) {
                        signIns.failed(attempt);
                    }
                    return right;
                });
        if (!matches) {
            throw RequestRejectionException.invalidArgument(
                    "current_password", "This change needs current_password, and it must be right.");
        }
    }
}
