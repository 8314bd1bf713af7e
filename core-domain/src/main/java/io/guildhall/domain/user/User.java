package io.guildhall.domain.user;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.session.SessionCommand.RefreshSession;
import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.session.Sessions;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.ParentCredential;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.Snapshottable;
import io.guildhall.domain.user.UserCommand.ResetPassword;
import io.guildhall.domain.user.UserCommand.SignUp;
import io.guildhall.domain.user.UserCommand.ValidateEmail;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsEnabled;
import io.guildhall.domain.user.UserEvent.EmailChangeCanceled;
import io.guildhall.domain.user.UserEvent.EmailChangeConfirmed;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.FormerEmailErased;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.NewsletterSubscribed;
import io.guildhall.domain.user.UserEvent.NewsletterUnsubscribed;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.PasswordRemoved;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserEvent.UserRenamed;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.jspecify.annotations.Nullable;

/**
 * A user, with one stream that is also the user's own trail. Public for command handlers of other features in this
 * module.
 */
public class User implements Snapshottable {

    /** The default limit of memberships per user (R6), which an operator can raise. */
    public static final int DEFAULT_MEMBERSHIP_LIMIT = 5;

    private static final int MAX_MEMBERSHIP_LIMIT = 1_000_000;

    /** An erasure also processes each former address. */
    private static final int MAX_FORMER_ADDRESSES = 100;

    @AggregateIdentifier
    private String stream;

    private UUID id;
    private String encryptedName;
    private String emailHash;
    private boolean emailValidated;
    private boolean newsletter;
    private boolean deploymentMails = true;
    private final Set<String> formerAddresses = new TreeSet<>();
    private boolean erased;
    private int membershipLimit = DEFAULT_MEMBERSHIP_LIMIT;
    private @Nullable UUID password;
    private @Nullable UUID validationLink;
    private @Nullable Instant validationLinkExpires;
    private @Nullable UUID resetLink;
    private @Nullable Instant resetLinkExpires;
    private @Nullable EmailChange emailChange;
    private final Set<UUID> organizations = new LinkedHashSet<>();

    @AggregateMember
    private final Sessions sessions = new Sessions();

    User() {}

    /** Signs a user up. The address is already validated if the link of an invitation to it was followed (R2). */
    static User signUp(
            SignUp command,
            EmailAddress email,
            PersonName name,
            PersonalDataCipher personalData,
            ExpirationPolicy expirationPolicy,
            Instant now) {
        UUID id = command.user();
        String hash = personalData.emailHash(email.value());
        var user = new User();
        apply(new UserSignedUp(id, personalData.seal(id, name.value()), personalData.seal(id, email.value()), hash));
        apply(new PasswordSet(id, command.password(), personalData.seal(id, command.encodedPassword()), "SIGN_UP"));
        apply(
                command.emailProven()
                        ? new EmailValidated(id, hash, "INVITATION")
                        : new EmailValidationRequested(
                                id, command.validationLink(), now.plus(expirationPolicy.emailValidation())));
        user.sessions.signIn(id, command.session(), null, "SIGN_UP", expirationPolicy.signIn(), personalData, now);
        return user;
    }

    public String emailHash() {
        return emailHash;
    }

    public Set<String> formerAddresses() {
        return Set.copyOf(formerAddresses);
    }

    /** Rejects an erased user. */
    public User requirePresent() {
        if (erased) {
            throw new DomainRejectionException(UserRejections.NO_SUCH_USER);
        }
        return this;
    }

    /** Rejects a user without a validated address (R2: such a user cannot create or join an organization). */
    public void requireValidatedEmail() {
        if (!emailValidated) {
            throw new DomainRejectionException(UserRejections.EMAIL_NOT_VALIDATED);
        }
    }

    void startSession(
            StartSession command, Duration signInLifetime, int max, PersonalDataCipher personalData, Instant now) {
        UUID requested = command.organization();
        if (command.password() != null && !command.password().equals(password)) {
            throw new DomainRejectionException(UserRejections.PASSWORD_CHANGED_CONCURRENTLY);
        }
        if (requested != null && !organizations.contains(requested)) {
            throw new DomainRejectionException(UserRejections.NO_SUCH_ORGANIZATION);
        }
        if (!sessions.hasRoom(max, now)) {
            throw new DomainRejectionException(UserRejections.tooManySessions(max));
        }
        UUID organization = requested == null ? organizationIfMember(command.defaultOrganization()) : requested;
        if (command.parent() == null) {
            sessions.signIn(id, command.session(), organization, command.cause(), signInLifetime, personalData, now);
        } else {
            sessions.derive(id, command.session(), organization, command.cause(), command.parent(), personalData, now);
        }
    }

    void refreshSession(RefreshSession command, PersonalDataCipher personalData, Instant now) {
        sessions.refresh(id, command.session(), command.replacement(), personalData, now);
    }

    void endSession(UUID session) {
        sessions.end(id, session, "LOGOUT");
    }

    void endSignIn(UUID signIn, Instant now) {
        sessions.endSignIn(id, signIn, "LOGOUT", now);
    }

    /** Returns the organization if the user is a member of it, otherwise null. */
    private @Nullable UUID organizationIfMember(@Nullable UUID organization) {
        return organization != null && organizations.contains(organization) ? organization : null;
    }

    void requestEmailValidation(UUID link, Instant expires) {
        if (!emailValidated) {
            apply(new EmailValidationRequested(id, link, expires));
        }
    }

    /**
     * Validates the address. Another person may have signed up with it, so credentials that the reader of the mail may
     * not have created end: without a session of the caller, the password and all sessions; with one, all other
     * sign-ins. In the latter case a new session starts unless the maximum is reached.
     */
    void validateEmail(ValidateEmail command, int maxSessions, PersonalDataCipher personalData, Instant now) {
        UUID link = command.link();
        Instant expires = validationLinkExpires;
        if (!link.equals(validationLink) || expires == null || expired(expires, now)) {
            throw new DomainRejectionException(UserRejections.LINK_NO_LONGER_VALID);
        }
        if (emailValidated) {
            return;
        }
        apply(new EmailValidated(id, emailHash, "LINK"));
        cancelUnverifiedEmailChange();
        UUID session = command.session();
        if (session == null || !sessions.isLive(session, now)) {
            apply(new PasswordRemoved(id, link, expires));
            sessions.endAllExcept(null, id, "VALIDATION");
            return;
        }
        sessions.endOtherSignIns(session, id, "VALIDATION");
        if (command.newSession() != null && sessions.hasRoom(maxSessions, now)) {
            var parent = new ParentCredential(null, null, session, null, null);
            sessions.derive(id, command.newSession(), null, "VALIDATION", parent, personalData, now);
        }
    }

    /**
     * Validates the address because the link of an invitation to it was followed (R2). Does nothing if it is already
     * validated.
     */
    public void validateEmailByInvitation() {
        if (!emailValidated) {
            apply(new EmailValidated(id, emailHash, "INVITATION"));
        }
    }

    void requestPasswordReset(UUID link, Instant expires) {
        apply(new PasswordResetRequested(id, link, expires));
    }

    /** Sets a password with a mailed link and signs in (R3: a reset link works once). Also validates the address. */
    void resetPassword(ResetPassword command, Duration signInLifetime, PersonalDataCipher personalData, Instant now) {
        if (!command.link().equals(resetLink) || expired(resetLinkExpires, now)) {
            throw new DomainRejectionException(UserRejections.LINK_NO_LONGER_VALID);
        }
        setPassword(command.password(), command.encodedPassword(), "RESET", null, personalData);
        if (!emailValidated) {
            apply(new EmailValidated(id, emailHash, "LINK"));
        }
        UUID organization = organizationIfMember(command.defaultOrganization());
        sessions.signIn(id, command.session(), organization, "PASSWORD_RESET", signInLifetime, personalData, now);
    }

    /** Changes the password and ends all other sessions (R3). */
    void changePassword(UUID next, String encoded, @Nullable UUID keepSession, PersonalDataCipher personalData) {
        setPassword(next, encoded, "CHANGE", keepSession, personalData);
    }

    private void setPassword(
            UUID next, String encoded, String reason, @Nullable UUID keepSession, PersonalDataCipher personalData) {
        apply(new PasswordSet(id, next, personalData.seal(id, encoded), reason));
        cancelUnverifiedEmailChange();
        sessions.endAllExcept(keepSession, id, "PASSWORD");
    }

    void rename(PersonName name, PersonalDataCipher personalData) {
        if (!name.value().equals(personalData.open(id, encryptedName))) {
            apply(new UserRenamed(id, personalData.seal(id, name.value())));
        }
    }

    /**
     * Requests another e-mail address. Does not claim it, since anyone can request an address before proving it.
     *
     * @param holder the current user of the address, or null
     */
    void requestEmailChange(
            EmailAddress email,
            @Nullable UUID holder,
            UUID link,
            Instant expires,
            boolean oldAddressConfirms,
            PersonalDataCipher personalData) {
        String hash = personalData.emailHash(email.value());
        if (hash.equals(emailHash)) {
            return;
        }
        if (holder != null) {
            throw new DomainRejectionException(UserRejections.EMAIL_TAKEN);
        }
        requireRoomForFormerAddress(hash);
        apply(new EmailChangeRequested(
                id, personalData.seal(id, email.value()), hash, link, expires, oldAddressConfirms));
    }

    /** @return the keyed hash of the new address if all confirmations are present; otherwise null */
    @Nullable String confirmEmailChange(UUID link, boolean byNewAddress, Instant now) {
        EmailChange change = requireEmailChange(link, now);
        if (byNewAddress ? !change.confirmedByNewAddress() : !change.confirmedByOldAddress()) {
            String by = byNewAddress ? EmailChangeConfirmed.NEW_ADDRESS : EmailChangeConfirmed.OLD_ADDRESS;
            apply(new EmailChangeConfirmed(id, link, by));
        }
        return emailChange != null && emailChange.isConfirmed() ? emailChange.emailHash() : null;
    }

    /**
     * Completes the change after the address was claimed for the user. Does nothing while a confirmation is missing.
     */
    void completeEmailChange() {
        if (emailChange != null && emailChange.isConfirmed()) {
            requireRoomForFormerAddress(emailChange.emailHash());
            apply(new EmailChanged(id, emailChange.encryptedEmail(), emailChange.emailHash()));
        }
    }

    void cancelEmailChange(UUID link, Instant now) {
        requireEmailChange(link, now);
        apply(new EmailChangeCanceled(id, link));
    }

    private EmailChange requireEmailChange(UUID link, Instant now) {
        if (emailChange == null || !link.equals(emailChange.link()) || expired(emailChange.expiresAt(), now)) {
            throw new DomainRejectionException(UserRejections.LINK_NO_LONGER_VALID);
        }
        return emailChange;
    }

    /**
     * The change may have been requested in one of the sessions that end now, by another person. The user can request
     * it again.
     */
    private void cancelUnverifiedEmailChange() {
        if (emailChange != null) {
            apply(new EmailChangeCanceled(id, emailChange.link()));
        }
    }

    private void requireRoomForFormerAddress(String next) {
        if (formerAddresses.size() >= MAX_FORMER_ADDRESSES && !formerAddresses.contains(next)) {
            throw new DomainRejectionException(UserRejections.tooManyFormerAddresses(MAX_FORMER_ADDRESSES));
        }
    }

    void subscribeToNewsletter(boolean enabled) {
        if (enabled != newsletter) {
            apply(enabled ? new NewsletterSubscribed(id) : new NewsletterUnsubscribed(id));
        }
    }

    void setDeploymentNotifications(boolean enabled) {
        if (enabled != deploymentMails) {
            apply(enabled ? new DeploymentNotificationsEnabled(id) : new DeploymentNotificationsDisabled(id));
        }
    }

    void raiseMembershipLimit(int limit) {
        if (limit < DEFAULT_MEMBERSHIP_LIMIT || limit < membershipLimit || limit > MAX_MEMBERSHIP_LIMIT) {
            throw new DomainRejectionException(UserRejections.MEMBERSHIP_LIMIT_OUT_OF_RANGE);
        }
        if (limit != membershipLimit) {
            apply(new MembershipLimitRaised(id, limit));
        }
    }

    /** Adds a membership, within the limit of the user (R6: creating and accepting both count). */
    public void join(UUID organization, SupportContact contact) {
        if (organizations.size() >= membershipLimit) {
            throw new DomainRejectionException(UserRejections.membershipLimitReached(membershipLimit, contact.value()));
        }
        apply(new OrganizationJoined(id, organization));
    }

    public void leave(UUID organization) {
        if (organizations.contains(organization)) {
            apply(new OrganizationLeft(id, organization));
        }
    }

    /**
     * Erases the user. Rejects a user who belongs to an organization.
     *
     * @param formerAddresses keyed hashes of former addresses that no other user has
     * @return the keyed hash of the address to release; null if the user was already erased
     */
    public @Nullable String erase(Collection<String> formerAddresses) {
        if (erased) {
            return null;
        }
        if (!organizations.isEmpty()) {
            throw new DomainRejectionException(UserRejections.STILL_A_MEMBER);
        }
        sessions.endAllExcept(null, id, "ERASED");
        formerAddresses.forEach(hash -> apply(new FormerEmailErased(id, hash)));
        apply(new UserErased(id, emailHash));
        return emailHash;
    }

    private static boolean expired(@Nullable Instant expires, Instant now) {
        return expires == null || !now.isBefore(expires);
    }

    @Override
    public UserSnapshot snapshot() {
        return new UserSnapshot(
                id,
                encryptedName,
                emailHash,
                emailValidated,
                newsletter,
                deploymentMails,
                List.copyOf(formerAddresses),
                erased,
                membershipLimit,
                password,
                validationLink,
                validationLinkExpires,
                resetLink,
                resetLinkExpires,
                emailChange,
                List.copyOf(organizations),
                sessions.state());
    }

    @EventSourcingHandler
    void on(UserSnapshot snapshot) {
        stream = snapshot.id().toString();
        id = snapshot.id();
        encryptedName = snapshot.encryptedName();
        emailHash = snapshot.emailHash();
        emailValidated = snapshot.emailValidated();
        newsletter = snapshot.newsletter();
        deploymentMails = snapshot.deploymentMails();
        formerAddresses.addAll(snapshot.formerAddresses());
        erased = snapshot.erased();
        membershipLimit = snapshot.membershipLimit();
        password = snapshot.password();
        validationLink = snapshot.validationLink();
        validationLinkExpires = snapshot.validationLinkExpires();
        resetLink = snapshot.resetLink();
        resetLinkExpires = snapshot.resetLinkExpires();
        emailChange = snapshot.emailChange();
        organizations.addAll(snapshot.organizations());
        sessions.restore(snapshot.sessions());
    }

    @EventSourcingHandler
    void on(UserSignedUp event) {
        stream = event.user().toString();
        id = event.user();
        encryptedName = event.encryptedName();
        emailHash = event.emailHash();
    }

    @EventSourcingHandler
    void on(EmailValidationRequested event) {
        validationLink = event.link();
        validationLinkExpires = event.expiresAt();
    }

    @EventSourcingHandler
    void on(EmailValidated event) {
        emailValidated = true;
    }

    @EventSourcingHandler
    void on(UserRenamed event) {
        encryptedName = event.encryptedName();
    }

    /** Invalidates links mailed to the old address, which prove nothing about the new one (R2). */
    @EventSourcingHandler
    void on(EmailChanged event) {
        formerAddresses.add(emailHash);
        formerAddresses.remove(event.emailHash());
        emailHash = event.emailHash();
        emailValidated = true;
        emailChange = null;
        validationLink = null;
        resetLink = null;
    }

    @EventSourcingHandler
    void on(EmailChangeRequested event) {
        emailChange = EmailChange.of(event);
    }

    @EventSourcingHandler
    void on(EmailChangeConfirmed event) {
        if (emailChange != null) {
            emailChange = emailChange.with(event);
        }
    }

    @EventSourcingHandler
    void on(EmailChangeCanceled event) {
        emailChange = null;
    }

    @EventSourcingHandler
    void on(PasswordSet event) {
        password = event.password();
        resetLink = null;
    }

    @EventSourcingHandler
    void on(PasswordRemoved event) {
        password = null;
        resetLink = event.link();
        resetLinkExpires = event.expiresAt();
    }

    @EventSourcingHandler
    void on(PasswordResetRequested event) {
        resetLink = event.link();
        resetLinkExpires = event.expiresAt();
    }

    @EventSourcingHandler
    void on(NewsletterSubscribed event) {
        newsletter = true;
    }

    @EventSourcingHandler
    void on(NewsletterUnsubscribed event) {
        newsletter = false;
    }

    @EventSourcingHandler
    void on(DeploymentNotificationsEnabled event) {
        deploymentMails = true;
    }

    @EventSourcingHandler
    void on(DeploymentNotificationsDisabled event) {
        deploymentMails = false;
    }

    @EventSourcingHandler
    void on(OrganizationJoined event) {
        organizations.add(event.organization());
    }

    @EventSourcingHandler
    void on(OrganizationLeft event) {
        organizations.remove(event.organization());
    }

    @EventSourcingHandler
    void on(MembershipLimitRaised event) {
        membershipLimit = event.limit();
    }

    @EventSourcingHandler
    void on(UserErased event) {
        erased = true;
    }
}
