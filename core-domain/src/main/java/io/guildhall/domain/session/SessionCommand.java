package io.guildhall.domain.session;

import io.guildhall.domain.shared.ParentCredential;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about a session. The user decides. */
public sealed interface SessionCommand {

    UUID user();

    /**
     * Signs in, or starts a session with another credential.
     *
     * @param organization the current organization, or null; refused if the person is no member of it
     * @param defaultOrganization the current organization where none is asked for; ignored if the person is no member of it any more
     * @param password the one that was checked for a sign-in, or null; the session is refused when it has changed meanwhile
     * @param parent the credential that the session is made with; null for a sign-in
     */
    record StartSession(
            @RoutingKey UUID user,
            SessionDescriptor session,
            @Nullable UUID organization,
            @Nullable UUID defaultOrganization,
            String cause,
            @Nullable UUID password,
            @Nullable ParentCredential parent)
            implements SessionCommand {}

    /** Replaces an interactive session by one with a later expiry, up to the end of its sign-in, and the same organization. */
    record RefreshSession(@RoutingKey UUID user, UUID session, SessionDescriptor replacement)
            implements SessionCommand {}

    /**
     * Signs out: ends the sign-in of an interactive session, or a bound session and what was made with it. Changes nothing when the
     * session has ended already.
     */
    record EndSession(@RoutingKey UUID user, UUID session) implements SessionCommand {}

    /** Ends a sign-in by its id, and with it all sessions and access tokens that came out of it. */
    record EndSignIn(@RoutingKey UUID user, UUID signIn) implements SessionCommand {}
}
