package io.guildhall.domain.user;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.UUID;

/** An event of a user. */
public sealed interface UserEvent extends DomainEvent {

    UUID user();

    @Override
    default UUID trail() {
        return user();
    }

    /**
     * A user signed up. Name and address are encrypted with the user's key.
     *
     * @param emailHash keyed hash of the address (R1: one user per e-mail)
     */
    @EventType("user.signed_up")
    record UserSignedUp(UUID user, String encryptedName, String encryptedEmail, String emailHash)
            implements UserEvent {}

    /**
     * A link that validates the address is to be mailed.
     *
     * @param link identifies the mailed link; not its secret
     */
    @EventType("user.email_validation_requested")
    record EmailValidationRequested(UUID user, UUID link, Instant expiresAt) implements UserEvent {}

    /**
     * The address was validated.
     *
     * @param proof LINK (mailed for it) or INVITATION (an invitation's link was followed)
     */
    @EventType("user.email_validated")
    record EmailValidated(UUID user, String emailHash, String proof) implements UserEvent {}

    /**
     * The user requested another e-mail address. The current address stays until the change is confirmed.
     *
     * @param link identifies the mailed link; not its secret
     * @param oldAddressConfirms whether the current address must confirm, too
     */
    @EventType("user.email_change_requested")
    record EmailChangeRequested(
            UUID user,
            String encryptedEmail,
            String emailHash,
            UUID link,
            Instant expiresAt,
            boolean oldAddressConfirms)
            implements UserEvent {}

    /**
     * A link to change the e-mail address was followed.
     *
     * @param by the address to which the link was mailed: OLD_ADDRESS or NEW_ADDRESS
     */
    @EventType("user.email_change_confirmed")
    record EmailChangeConfirmed(UUID user, UUID link, String by) implements UserEvent {

        public static final String OLD_ADDRESS = "OLD_ADDRESS";
        public static final String NEW_ADDRESS = "NEW_ADDRESS";
    }

    /** The change of the e-mail address was canceled; the current address stays. */
    @EventType("user.email_change_canceled")
    record EmailChangeCanceled(UUID user, UUID link) implements UserEvent {}

    /** The e-mail address changed; the new one is validated. */
    @EventType("user.email_changed")
    record EmailChanged(UUID user, String encryptedEmail, String emailHash) implements UserEvent {}

    /**
     * The password was set. Its hash is encrypted (R1: a password is never in an event).
     *
     * @param password the id to which a sign-in refers, so that a sign-in with an old password fails
     */
    @EventType("user.password_set")
    record PasswordSet(UUID user, UUID password, String encryptedEncodedPassword, String reason) implements UserEvent {}

    /**
     * The password was removed, because its author did not follow the link that validated the e-mail address.
     *
     * @param link the mailed link, which can set a new password until it expires
     */
    @EventType("user.password_removed")
    record PasswordRemoved(UUID user, UUID link, Instant expiresAt) implements UserEvent {}

    /**
     * A link that resets the password once is to be mailed.
     *
     * @param link identifies the mailed link; not its secret
     */
    @EventType("user.password_reset_requested")
    record PasswordResetRequested(UUID user, UUID link, Instant expiresAt) implements UserEvent {}

    /** The user changed the name. */
    @EventType("user.renamed")
    record UserRenamed(UUID user, String encryptedName) implements UserEvent {}

    /** The user subscribed to the newsletter. */
    @EventType("user.newsletter_subscribed")
    record NewsletterSubscribed(UUID user) implements UserEvent {}

    /** The user unsubscribed from the newsletter. */
    @EventType("user.newsletter_unsubscribed")
    record NewsletterUnsubscribed(UUID user) implements UserEvent {}

    /** The user enabled mails about failed deployments. */
    @EventType("user.deployment_notifications_enabled")
    record DeploymentNotificationsEnabled(UUID user) implements UserEvent {}

    /** The user disabled mails about failed deployments. */
    @EventType("user.deployment_notifications_disabled")
    record DeploymentNotificationsDisabled(UUID user) implements UserEvent {}

    /** The user joined an organization; counted by the limit of memberships (R6). */
    @EventType("user.organization_joined")
    record OrganizationJoined(UUID user, UUID organization) implements UserEvent {}

    /** The membership in an organization ended, for any reason. */
    @EventType("user.organization_left")
    record OrganizationLeft(UUID user, UUID organization) implements UserEvent {}

    /** An operator raised the limit of memberships (R6). */
    @EventType("user.membership_limit_raised")
    record MembershipLimitRaised(UUID user, int limit) implements UserEvent {}

    /**
     * The user was erased. The user's keys are destroyed in the same unit of work, so personal data in events is
     * unreadable (R20).
     */
    @EventType("user.erased")
    record UserErased(UUID user, String emailHash) implements UserEvent {}

    /** Part of an erasure: data of invitations sent to a former address of the user is erased, too (R20). */
    @EventType("user.former_email_erased")
    record FormerEmailErased(UUID user, String emailHash) implements UserEvent {}
}
