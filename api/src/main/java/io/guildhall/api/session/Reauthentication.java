package io.guildhall.api.session;

import io.guildhall.api.throttle.Throttle;
import io.guildhall.api.throttle.Throttled;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.ProblemException;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.query.account.FindPassword;
import io.guildhall.query.account.SignInView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes sure that the person is there, and not only a session that was left open somewhere: before the account is deleted or its
 * password changed (R3).
 */
@Component
public class Reauthentication {

    /** How long a sign-in by password counts as recent. */
    private static final Duration RECENT = Duration.ofMinutes(15);

    private final Queries queries;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Clock clock;

    Reauthentication(Queries queries, Passwords passwords, Throttle throttle, Clock clock) {
        this.queries = queries;
        this.passwords = passwords;
        this.throttle = throttle;
        this.clock = clock;
    }

    /**
     * Requires the current password, or none where the caller's sign-in by password is at most 15 minutes old.
     *
     * @param currentPassword as given with the request, or null
     */
    public void requireRecent(Caller caller, @Nullable String currentPassword) {
        if (currentPassword != null) {
            requirePassword(caller.account(), currentPassword);
        } else if (!isRecent(caller.authenticatedAt())) {
            throw ProblemException.reauthenticationRequired();
        }
    }

    private boolean isRecent(@Nullable Instant authenticated) {
        return authenticated != null && clock.instant().isBefore(authenticated.plus(RECENT));
    }

    /** Requires the current password. Wrong guesses count as failed sign-ins. */
    public void requirePassword(UUID account, @Nullable String given) {
        SignInView known = queries.find(new FindPassword(account), SignInView.class);
        boolean matches = given != null
                && passwords.inTurn(() -> {
                    throttle.requireSome(Throttled.SIGN_IN_FAILURES_PER_ACCOUNT, account.toString());
                    boolean right = passwords.matches(given, known == null ? null : known.encodedPassword());
                    if (!right) {
                        throttle.count(Throttled.SIGN_IN_FAILURES_PER_ACCOUNT, account.toString());
                    }
                    return right;
                });
        if (!matches) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(
                    "current_password", "This change needs current_password, and it must be right."));
        }
    }
}
