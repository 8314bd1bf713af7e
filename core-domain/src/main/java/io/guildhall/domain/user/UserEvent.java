package io.guildhall.domain.user;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.UUID;

/** A fact of one user; every one is an activity of the user's own trail (R19). */
public sealed interface UserEvent extends DomainEvent {

    UUID user();

    @Override
    default UUID trail() {
        return user();
    }

    /**
     * A user signed up. Name and address are encrypted under the user's key; {@code emailHash} is keyed, and belongs
     * to one user (R1).
     */
    @EventType("user.signed_up")
    record UserSignedUp(UUID user, String encryptedName, String encryptedEmail, String emailHash)
            implements UserEvent {}

    /**
     * A link that validates the address is mailed (R2). {@code link} names the mailed link without being its secret.
     */
    @EventType("user.email_validation_requested")
    record EmailValidationRequested(UUID user, UUID link, Instant expiresAt) implements UserEvent {}

    /**
     * The address is validated (R2). {@code proof} is {@code LINK} (mailed for it) or {@code INVITATION} (an
     * invitation's link was followed).
     */
    @EventType("user.email_validated")
    record EmailValidated(UUID user, String emailHash, String proof) implements UserEvent {}

    /**
     * The user asks for another e-mail address. The address of now stays until the change is confirmed.
     *
     * @param link the mailed one, without being its secret
     * @param oldAddressConfirms whether the change needs a confirmation from the address of now, beside one from the new address
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

    /** The link that was mailed to the OLD_ADDRESS or the NEW_ADDRESS was followed. */
    @EventType("user.email_change_confirmed")
    record EmailChangeConfirmed(UUID user, UUID link, String by) implements UserEvent {

        public static final String OLD_ADDRESS = "OLD_ADDRESS";
        public static final String NEW_ADDRESS = "NEW_ADDRESS";
    }

    /** The change of the e-mail address was canceled by a mailed link. The address of now stays. */
    @EventType("user.email_change_canceled")
    record EmailChangeCanceled(UUID user, UUID link) implements UserEvent {}

    /** The new address was proven: it replaces the old one and counts as validated. */
    @EventType("user.email_changed")
    record EmailChanged(UUID user, String encryptedEmail, String emailHash) implements UserEvent {}

    /**
     * The user has another password. Its hash is encrypted (R1: a password is in no event); {@code password} is what
     * a sign-in refers to, so that an old one cannot win a race.
     */
    @EventType("user.password_set")
    record PasswordSet(UUID user, UUID password, String encryptedEncodedPassword, String reason) implements UserEvent {}

    /**
     * The password no longer works: whoever set it did not follow the link that proved the e-mail address. That link sets another one
     * until it expires.
     */
    @EventType("user.password_removed")
    record PasswordRemoved(UUID user, UUID link, Instant expiresAt) implements UserEvent {}

    /**
     * A link that sets another password once is mailed (R3). {@code link} names the mailed link without being its
     * secret.
     */
    @EventType("user.password_reset_requested")
    record PasswordResetRequested(UUID user, UUID link, Instant expiresAt) implements UserEvent {}

    /** The person goes by another name. */
    @EventType("user.renamed")
    record UserRenamed(UUID user, String encryptedName) implements UserEvent {}

    /** The person asked for the newsletter. */
    @EventType("user.newsletter_subscribed")
    record NewsletterSubscribed(UUID user) implements UserEvent {}

    /** The person no longer wants the newsletter. */
    @EventType("user.newsletter_unsubscribed")
    record NewsletterUnsubscribed(UUID user) implements UserEvent {}

    /** The person wants to be told of failed deployments. */
    @EventType("user.deployment_notifications_enabled")
    record DeploymentNotificationsEnabled(UUID user) implements UserEvent {}

    /** The person does not want to be told of failed deployments. */
    @EventType("user.deployment_notifications_disabled")
    record DeploymentNotificationsDisabled(UUID user) implements UserEvent {}

    /** The user's side of a membership: what R6 counts. */
    @EventType("user.organization_joined")
    record OrganizationJoined(UUID user, UUID organization) implements UserEvent {}

    /** The user's side of a membership's end, for whatever reason it ended. */
    @EventType("user.organization_left")
    record OrganizationLeft(UUID user, UUID organization) implements UserEvent {}

    /** An operator set how many organizations the user may be a member of (R6). */
    @EventType("user.membership_limit_raised")
    record MembershipLimitRaised(UUID user, int limit) implements UserEvent {}

    /** The user's keys are destroyed in the same act, so the personal data in events is unreadable (R20). */
    @EventType("user.erased")
    record UserErased(UUID user, String emailHash) implements UserEvent {}

    /** R20: part of an erasure; invitations that were sent to an address the person has had before are forgotten too. */
    @EventType("user.former_email_erased")
    record FormerEmailErased(UUID user, String emailHash) implements UserEvent {}
}
