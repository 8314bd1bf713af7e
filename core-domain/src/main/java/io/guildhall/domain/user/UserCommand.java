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
     * Signs a user up; an e-mail address belongs to one user (R1). {@code emailProven}: the person followed an
     * invitation's link to this very address, which validates it (R2).
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

    /**
     * Requests the mail whose link validates the address (R2). Changes nothing when the address is validated already.
     */
    record RequestEmailValidation(@RoutingKey UUID user, UUID link) implements UserCommand {}

    /**
     * Follows the mailed link. Changes nothing the second time.
     *
     * @param session the interactive session of the user that the link was followed with, or null
     * @param newSession the session to start with that session, or null
     */
    record ValidateEmail(
            @RoutingKey UUID user,
            UUID link,
            @Nullable UUID session,
            @Nullable SessionDescriptor newSession) implements UserCommand {}

    /**
     * What is null stays as it is; all of it happens or none. Another e-mail address is only requested. A changed password ends all sessions
     * but {@code keepSession} (R3).
     *
     * @param recentlyAuthenticated whether the user has given the password lately; if not, the old e-mail address confirms a change, too
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
     * The link to change the e-mail address was followed. The address changes with the last confirmation that is needed.
     *
     * @param byNewAddress whether the link was mailed to the new address, or else to the old one
     */
    record ConfirmEmailChange(@RoutingKey UUID user, UUID link, boolean byNewAddress) implements UserCommand {}

    /** Cancels a change of the e-mail address that is not complete. */
    record CancelEmailChange(@RoutingKey UUID user, UUID link) implements UserCommand {}

    /** Requests the mail whose link sets another password once (R3). */
    record RequestPasswordReset(@RoutingKey UUID user, UUID link) implements UserCommand {}

    /**
     * Sets another password by a mailed link, which works once. Every session ends, and a new one starts (R3).
     *
     * @param defaultOrganization the current organization of the new session; ignored if the person is no member of it any more
     */
    record ResetPassword(
            @RoutingKey UUID user,
            UUID link,
            UUID password,
            String encodedPassword,
            SessionDescriptor session,
            @Nullable UUID defaultOrganization)
            implements UserCommand {}

    /** Whether the person is told of failed deployments. */
    record SetDeploymentNotifications(@RoutingKey UUID user, boolean on) implements UserCommand {}

    /** An operator lets the user be a member of more organizations (R6). */
    record RaiseMembershipLimit(@RoutingKey UUID user, int limit) implements UserCommand {}

    /**
     * Forgets a person (R20). Users erase their own user only when they belong to no organization.
     *
     * @param organizations all organizations that the user belongs to. An operator's erasure ends these memberships
     * @param invitations the unanswered invitations to the user's address, which nobody could answer afterwards
     */
    record EraseUser(@RoutingKey UUID user, List<UUID> organizations, List<Invited> invitations)
            implements UserCommand {

        /** An invitation and the organization that sent it. */
        public record Invited(UUID organization, UUID invitation) {}
    }
}
