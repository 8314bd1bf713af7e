package io.guildhall.benchmarks.history;

import io.guildhall.benchmarks.history.Person.Session;
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.user.EmailClaim;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsEnabled;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.FormerEmailErased;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.NewsletterSubscribed;
import io.guildhall.domain.user.UserEvent.NewsletterUnsubscribed;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserEvent.UserRenamed;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do with their users; each method is what one command appends. */
final class People {

    private static final Duration SESSION = Duration.ofDays(14);
    private static final Duration LINK = Duration.ofDays(3);
    private static final String ENCODED = "{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=16384,t=2,p=1$%.22s$%.43s";

    private final Chronicle chronicle;
    private long signedUp;

    People(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** An address that nobody has had before. */
    String newAddress() {
        return "%s.%d@example.org"
                .formatted(chronicle.any(Words.LAST).toLowerCase(Locale.ROOT), signedUp++)
                .replace("'", "");
    }

    /** Signed up, with an address that is validated next. */
    Person signUp(String email) {
        UUID user = chronicle.id();
        String hash = chronicle.personalData().emailHash(email);
        var person = new Person(user, email, hash, new Line(EmailClaim.streamOf(hash), "EmailClaim"));
        chronicle.write(person.claim, new EmailClaimed(hash, user));
        chronicle.write(person.stream, new UserSignedUp(user, seal(user, name()), seal(user, email), hash));
        password(person, "SIGN_UP");
        chronicle.write(
                person.stream,
                new EmailValidationRequested(
                        user, chronicle.id(), chronicle.now().plus(LINK)));
        start(person, null, "SIGN_UP");
        return person;
    }

    void validate(Person person, String proof) {
        chronicle.write(person.stream, new EmailValidated(person.user, person.emailHash, proof));
    }

    void signIn(Person person) {
        start(person, null, "LOGIN");
    }

    void switchTo(Person person, UUID organization) {
        start(person, organization, "SWITCH");
    }

    void signOut(Person person) {
        Session session = chronicle.anyOrNone(person.sessions);
        if (session != null) {
            end(person, session, "LOGOUT");
        }
    }

    void refresh(Person person) {
        Session session = chronicle.anyOrNone(person.sessions);
        if (session != null && chronicle.now().isBefore(session.expiresAt())) {
            end(person, session, "REFRESH");
            start(person, session.organization(), "REFRESH");
        }
    }

    void rename(Person person) {
        chronicle.write(person.stream, new UserRenamed(person.user, seal(person.user, name())));
    }

    void changeEmail(Person person) {
        String email = newAddress();
        String hash = chronicle.personalData().emailHash(email);
        chronicle.write(person.claim, new EmailReleased(person.emailHash, person.user));
        person.formerAddresses.add(person.emailHash);
        person.claim = new Line(EmailClaim.streamOf(hash), "EmailClaim");
        person.email = email;
        person.emailHash = hash;
        chronicle.write(person.claim, new EmailClaimed(hash, person.user));
        chronicle.write(person.stream, new EmailChanged(person.user, seal(person.user, email), hash));
        chronicle.write(
                person.stream,
                new EmailValidationRequested(
                        person.user, chronicle.id(), chronicle.now().plus(LINK)));
        validate(person, "LINK");
    }

    void changePassword(Person person) {
        password(person, "CHANGE");
        endAll(person, "PASSWORD");
    }

    void resetPassword(Person person) {
        chronicle.write(
                person.stream,
                new PasswordResetRequested(
                        person.user, chronicle.id(), chronicle.now().plus(LINK)));
        password(person, "RESET");
        endAll(person, "PASSWORD");
    }

    void turnNewsletter(Person person) {
        person.newsletter = !person.newsletter;
        chronicle.write(
                person.stream,
                person.newsletter ? new NewsletterSubscribed(person.user) : new NewsletterUnsubscribed(person.user));
    }

    void turnDeploymentMails(Person person) {
        person.deploymentMails = !person.deploymentMails;
        chronicle.write(
                person.stream,
                person.deploymentMails
                        ? new DeploymentNotificationsEnabled(person.user)
                        : new DeploymentNotificationsDisabled(person.user));
    }

    void raiseLimit(Person person) {
        person.membershipLimit++;
        chronicle.write(person.stream, new MembershipLimitRaised(person.user, person.membershipLimit));
    }

    /** Of no organization any more. */
    void erase(Person person) {
        person.erased = true;
        endAll(person, "ERASED");
        person.formerAddresses.forEach(
                hash -> chronicle.write(person.stream, new FormerEmailErased(person.user, hash)));
        chronicle.write(person.stream, new UserErased(person.user, person.emailHash));
        chronicle.write(person.claim, new EmailReleased(person.emailHash, person.user));
        chronicle.personalData().forget(person.user, person.emailHash);
        person.formerAddresses.forEach(hash -> chronicle.personalData().forget(person.user, hash));
    }

    private void password(Person person, String reason) {
        String encoded = ENCODED.formatted(chronicle.hash(), chronicle.hash());
        chronicle.write(
                person.stream, new PasswordSet(person.user, chronicle.id(), seal(person.user, encoded), reason));
    }

    private void start(Person person, @Nullable UUID organization, String cause) {
        Instant now = chronicle.now();
        person.sessions.removeIf(session -> !now.isBefore(session.expiresAt()));
        var session = new Session(chronicle.id(), organization, now.plus(SESSION));
        person.sessions.add(session);
        String address = "198.51.%d.%d".formatted(chronicle.upTo(256), chronicle.upTo(256));
        chronicle.write(
                person.stream,
                new SessionStarted(
                        person.user,
                        session.id(),
                        chronicle.hash(),
                        organization,
                        null,
                        cause,
                        seal(person.user, address),
                        now,
                        session.expiresAt(),
                        session.id(),
                        now,
                        session.expiresAt(),
                        now,
                        null,
                        null));
    }

    private void endAll(Person person, String reason) {
        List.copyOf(person.sessions).forEach(session -> end(person, session, reason));
    }

    private void end(Person person, Session session, String reason) {
        person.sessions.remove(session);
        chronicle.write(person.stream, new SessionEnded(person.user, session.id(), reason));
    }

    private String name() {
        return chronicle.any(Words.FIRST) + " " + chronicle.any(Words.LAST);
    }

    private String seal(UUID user, String clear) {
        return chronicle.personalData().seal(user, clear);
    }
}
