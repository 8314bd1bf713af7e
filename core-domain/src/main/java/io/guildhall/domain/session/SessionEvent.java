package io.guildhall.domain.session;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of one user's sessions; part of the user's stream. */
public sealed interface SessionEvent extends DomainEvent {

    UUID user();

    @Override
    default UUID trail() {
        return user();
    }

    /**
     * A session was started: by a sign-in, or with another credential.
     *
     * @param organization the current organization; the only one, where the session is not interactive
     * @param sessionToken the API token that the session was made with and dies with, or null
     * @param encryptedOrigin the network address and the kind of program, encrypted under the user's key; or null
     * @param cause LOGIN, SIGN_UP, VALIDATION, PASSWORD_RESET, SESSION, SWITCH, UNSCOPE, REFRESH or ACCESS_TOKEN
     * @param signIn the sign-in that the session came out of and dies with: the id of its first session; null where an API token made it
     * @param authenticatedAt when the person gave a password for that sign-in; null where none was given
     * @param parent the bound session that this one was made with, directly or through an API token, and dies with; or null
     * @param scopes the only scopes of the session; null for all
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

        /** The cause of a session that a person hands to a tool. */
        public static final String ACCESS_TOKEN = "ACCESS_TOKEN";

        /** Whether the session belongs to a sign-in and is bound to no organization, unlike access tokens and what API tokens make. */
        public boolean interactive() {
            return sessionToken == null && parent == null && !cause.equals(ACCESS_TOKEN);
        }
    }

    /** One session ended; the sign-in that it came out of may go on. {@code reason} is LOGOUT, REFRESH, PASSWORD, VALIDATION or ERASED. */
    @EventType("session.ended")
    record SessionEnded(UUID user, UUID session, String reason) implements SessionEvent {}

    /** A sign-in ended, and with it all sessions and access tokens that came out of it. {@code reason} is LOGOUT, PASSWORD, VALIDATION or ERASED. */
    @EventType("sign_in.ended")
    record SignInEnded(UUID user, UUID signIn, String reason) implements SessionEvent {}
}
