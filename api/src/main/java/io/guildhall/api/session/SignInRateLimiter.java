package io.guildhall.api.session;

import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.infrastructure.ratelimit.KnownNetworks;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Limits wrong passwords, so that nobody can guess one and nobody can lock another user out (R3). Failures count per network address, and
 * per user and network address. Failures from many networks count per user as well, and close the user only to networks
 * from which its user has not signed in for 30 days.
 */
@Component
public class SignInRateLimiter {

    /** Looked up for an e-mail address without a user, so that the answer takes the same time. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final ActionRateLimiter limiter;
    private final KnownNetworks networks;

    SignInRateLimiter(ActionRateLimiter limiter, KnownNetworks networks) {
        this.limiter = limiter;
        this.networks = networks;
    }

    /**
     * An attempt to sign in by password.
     *
     * @param user null where there is none for the address
     * @param subject what failures are counted for: the user, or a hash of the address without one
     * @param known whether the user has signed in from this network in the last 30 days
     */
    public record Attempt(@Nullable UUID user, String subject, String network, boolean known) {}

    public Attempt attempt(@Nullable UUID user, String emailHash, String network) {
        boolean known = networks.knows(user == null ? NOBODY : user, network);
        return new Attempt(user, user == null ? emailHash : user.toString(), network, known && user != null);
    }

    /**
     * A password that a signed-in user confirms. It is counted apart from sign-ins, so that failures of others do not keep the user from
     * it.
     */
    public Attempt confirmation(UUID user, String network) {
        return new Attempt(user, "confirmed " + user, network, networks.knows(user, network));
    }

    /** Refuses an attempt after too many failures. */
    public void requireAllowed(Attempt attempt) {
        limiter.requireSome(RateLimitedAction.SIGN_IN_FAILURES_PER_ADDRESS, attempt.network());
        limiter.requireSome(
                RateLimitedAction.SIGN_IN_FAILURES_PER_USER_AND_ADDRESS,
                ofUserAndNetwork(attempt).subject());
        if (!attempt.known()) {
            limiter.requireSome(RateLimitedAction.SIGN_IN_FAILURES_PER_USER, attempt.subject());
        }
    }

    /** Counts a wrong password. */
    public void failed(Attempt attempt) {
        limiter.tryCount(RateLimitedAction.SIGN_IN_FAILURES_PER_ADDRESS.by(attempt.network()));
        limiter.tryCount(ofUserAndNetwork(attempt));
        if (!attempt.known()) {
            limiter.tryCount(RateLimitedAction.SIGN_IN_FAILURES_PER_USER.by(attempt.subject()));
        }
    }

    /** The user has signed in: from now on the network is known. */
    public void signedIn(UUID user, String network) {
        networks.remember(user, network);
    }

    /** The user has set a new password by a mailed link: earlier failures with the old one no longer count here. */
    public void passwordReset(UUID user, String network) {
        limiter.reset(ofUserAndNetwork(new Attempt(user, user.toString(), network, true)));
    }

    private static RateLimitedAction.Use ofUserAndNetwork(Attempt attempt) {
        return RateLimitedAction.SIGN_IN_FAILURES_PER_USER_AND_ADDRESS.by(attempt.subject(), attempt.network());
    }
}
