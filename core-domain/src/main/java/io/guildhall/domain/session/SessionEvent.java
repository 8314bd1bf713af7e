package io.guildhall.domain.session;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of a session, in its user's stream. */
public sealed interface SessionEvent extends DomainEvent {

    UUID user();

    @Override
    default UUID trail() {
        return user();
    }

    /**
     * A session was started, by a sign-in or with another credential.
     *
     * @param organization the current organization; for a session that is not interactive the only one
     * @param sessionToken the API token with which the session was created and with which it ends, or null
     * @param encryptedOrigin the network address and the kind of program, encrypted with the user's key; or null
     * @param cause LOGIN, SIGN_UP, VALIDATION, PASSWORD_RESET, SESSION, SWITCH, UNSCOPE, REFRESH or ACCESS_TOKEN
     * @param signIn the sign-in of the session: the id of its first session; null if the session was created with an
     *     API token
     * @param authenticatedAt when the user entered a password for the sign-in; null if none was entered
     * @param parent the bound session with which this one was created, directly or through an API token, and with which
     *     it ends; or null
     * @param scopes the scopes to which the session is limited; null for all
     */
    @EventType("session.started")
    record SessionStarted(
            UUID user,
            UUID session,
            String tokenHash,
            @Nullable UUID organization,
            @Nullable UUID sessionToken,
            String cause,
            @Nullable String encryptedOrigin,
            Instant startedAt,
            Instant expiresAt,
            @Nullable UUID signIn,
            @Nullable Instant signedInAt,
            @Nullable Instant signInEndsAt,
            @Nullable Instant authenticatedAt,
            @Nullable UUID parent,
            @Nullable List<String> scopes)
            implements SessionEvent {

        /** The cause of a session that a user creates for a tool. */
        public static final String ACCESS_TOKEN = "ACCESS_TOKEN";

        /**
         * Whether the session belongs to a sign-in and is not bound to an organization, unlike access tokens and
         * sessions created with API tokens.
         */
        public boolean interactive() {
            return sessionToken == null && parent == null && !cause.equals(ACCESS_TOKEN);
        }
    }

    /**
     * A session ended; its sign-in may continue.
     *
     * @param reason LOGOUT, REFRESH, PASSWORD, VALIDATION or ERASED
     */
    @EventType("session.ended")
    record SessionEnded(UUID user, UUID session, String reason) implements SessionEvent {}

    /**
     * A sign-in ended with all its sessions and access tokens.
     *
     * @param reason LOGOUT, PASSWORD, VALIDATION or ERASED
     */
    @EventType("sign_in.ended")
    record SignInEnded(UUID user, UUID signIn, String reason) implements SessionEvent {}
}
