package io.guildhall.domain.session;

import io.guildhall.domain.session.SessionEvent.SessionStarted;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a sign-in share.
 *
 * @param id the id of its first session
 * @param endsAt the latest end of its sessions, including renewals
 * @param authenticatedAt when the user entered a password for it, or null
 */
record SignIn(UUID id, Instant at, Instant endsAt, @Nullable Instant authenticatedAt) {

    /**
     * Returns null for a session created with an API token. In version 1 of the event each interactive session is its
     * own sign-in.
     */
    static @Nullable SignIn of(SessionStarted event) {
        if (event.signIn() != null && event.signedInAt() != null && event.signInEndsAt() != null) {
            return new SignIn(event.signIn(), event.signedInAt(), event.signInEndsAt(), event.authenticatedAt());
        }
        return event.interactive() ? new SignIn(event.session(), event.startedAt(), event.expiresAt(), null) : null;
    }
}
