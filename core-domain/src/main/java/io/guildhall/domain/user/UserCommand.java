package io.guildhall.domain.user;

import io.guildhall.domain.session.SessionDescriptor;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about a user. */
public sealed interface UserCommand {

    UUID user();

    /**
     * Signs a user up (R1: one user per e-mail).
     *
     * @param emailProven whether the user followed an invitation's link to this address, which validates it (R2)
     */
    record SignUp(
            @RoutingKey UUID user,
            String email,
            String name,
            UUID password,
            String encodedPassword,
            UUID validationLink,
            boolean emailProven,
            SessionDescriptor session)
            implements UserCommand {}

    /** Requests a mail with a link that validates the address. Does nothing if it is already validated. */
    record RequestEmailValidation(@RoutingKey UUID user, UUID link) implements UserCommand {}

    /**
     * Validates the address with the mailed link. Does nothing if repeated.
     *
     * @param session the interactive session of the user who followed the link, or null
     * @param newSession the session to start with that session, or null
     */
    record ValidateEmail(
            @RoutingKey UUID user,
            UUID link,
            @Nullable UUID session,
            @Nullable SessionDescriptor newSession) implements UserCommand {}

    /**
     * Changes the profile; null leaves a value unchanged; all or nothing. An e-mail address is only requested. A new
     * password ends all sessions except {@code keepSession} (R3).
     *
     * @param recentlyAuthenticated whether the user has recently entered the password; otherwise the old address must
     *     confirm a change, too
     */
    record UpdateProfile(
            @RoutingKey UUID user,
            @Nullable String name,
            @Nullable String email,
            UUID emailChangeLink,
            boolean recentlyAuthenticated,
            @Nullable Boolean newsletter,
            UUID password,
            @Nullable String encodedPassword,
            @Nullable UUID keepSession)
            implements UserCommand {}

    /**
     * Confirms a change of the e-mail address with a mailed link. The last required confirmation completes it.
     *
     * @param byNewAddress whether the link was mailed to the new address; otherwise to the old one
     */
    record ConfirmEmailChange(@RoutingKey UUID user, UUID link, boolean byNewAddress) implements UserCommand {}

    /** Cancels a pending change of the e-mail address. */
    record CancelEmailChange(@RoutingKey UUID user, UUID link) implements UserCommand {}

    /** Requests a mail with a link that resets the password once. */
    record RequestPasswordReset(@RoutingKey UUID user, UUID link) implements UserCommand {}

    /**
     * Sets a password with a mailed link, which works once. Ends all sessions and starts a new one (R3).
     *
     * @param defaultOrganization the current organization of the new session; ignored if the user is not a member
     */
    record ResetPassword(
            @RoutingKey UUID user,
            UUID link,
            UUID password,
            String encodedPassword,
            SessionDescriptor session,
            @Nullable UUID defaultOrganization)
            implements UserCommand {}

    /** Enables or disables mails about failed deployments. */
    record SetDeploymentNotifications(@RoutingKey UUID user, boolean on) implements UserCommand {}

    /** Raises the user's limit of memberships (R6); sent by an operator. */
    record RaiseMembershipLimit(@RoutingKey UUID user, int limit) implements UserCommand {}

    /**
     * Erases a user (R20: erasing destroys the key). Users can erase themselves only if they belong to no organization.
     *
     * @param organizations all organizations of the user; an operator's erasure ends these memberships
     * @param invitations the unanswered invitations to the user's address
     */
    record EraseUser(@RoutingKey UUID user, List<UUID> organizations, List<Invited> invitations)
            implements UserCommand {

        /** An invitation and the organization that sent it. */
        public record Invited(UUID organization, UUID invitation) {}
    }
}
