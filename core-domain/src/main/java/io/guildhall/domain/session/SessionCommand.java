package io.guildhall.domain.session;

import io.guildhall.domain.shared.ParentCredential;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about a session, handled by its user. */
public sealed interface SessionCommand {

    UUID user();

    /**
     * Signs in, or starts a session with another credential.
     *
     * @param organization the requested current organization, or null; rejected if the user is not a member
     * @param defaultOrganization the current organization if none is requested; ignored if the user is not a member
     * @param password the password that was checked for a sign-in, or null; rejected if it has changed since
     * @param parent the credential with which the session is created; null for a sign-in
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

    /**
     * Replaces an interactive session by one with a later expiry, at most the end of its sign-in, and the same
     * organization.
     */
    record RefreshSession(@RoutingKey UUID user, UUID session, SessionDescriptor replacement)
            implements SessionCommand {}

    /**
     * Signs out: ends the sign-in of an interactive session, or a bound session and all credentials created with it.
     * Does nothing if the session has already ended.
     */
    record EndSession(@RoutingKey UUID user, UUID session) implements SessionCommand {}

    /** Ends a sign-in with all its sessions and access tokens. */
    record EndSignIn(@RoutingKey UUID user, UUID signIn) implements SessionCommand {}
}
