package io.guildhall.domain.session;

import io.guildhall.domain.session.SessionEvent.SessionStarted;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in: what all sessions that came out of it have in common.
 *
 * @param id that of its first session
 * @param endsAt when the last of its sessions ends, however often it is renewed
 * @param authenticatedAt when the person gave a password for it, or null
 */
record SignIn(UUID id, Instant at, Instant endsAt, @Nullable Instant authenticatedAt) {

    /** Null for a session that an API token made. Sessions of the first form are each a sign-in of their own. */
    static @Nullable SignIn of(SessionStarted event) {
        if (event.signIn() != null && event.signedInAt() != null && event.signInEndsAt() != null) {
            return new SignIn(event.signIn(), event.signedInAt(), event.signInEndsAt(), event.authenticatedAt());
        }
        return event.interactive() ? new SignIn(event.session(), event.startedAt(), event.expiresAt(), null) : null;
    }
}
