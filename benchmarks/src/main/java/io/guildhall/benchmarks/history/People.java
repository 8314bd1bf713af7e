package io.guildhall.benchmarks.history;

import io.guildhall.benchmarks.history.Person.Session;
import io.guildhall.domain.account.EmailClaim;
import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.AccountRenamed;
import io.guildhall.domain.account.events.AccountSignedUp;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOff;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOn;
import io.guildhall.domain.account.events.EmailChanged;
import io.guildhall.domain.account.events.EmailClaimed;
import io.guildhall.domain.account.events.EmailReleased;
import io.guildhall.domain.account.events.EmailValidated;
import io.guildhall.domain.account.events.EmailValidationRequested;
import io.guildhall.domain.account.events.FormerAddressForgotten;
import io.guildhall.domain.account.events.MembershipLimitRaised;
import io.guildhall.domain.account.events.NewsletterSubscribed;
import io.guildhall.domain.account.events.NewsletterUnsubscribed;
import io.guildhall.domain.account.events.PasswordResetRequested;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.session.events.SessionStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do with their accounts; each method is what one command appends. */
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
        UUID account = chronicle.id();
        String hash = chronicle.personalData().emailHash(email);
        var person = new Person(account, email, hash, new Line(EmailClaim.streamOf(hash), "EmailClaim"));
        chronicle.write(person.claim, new EmailClaimed(hash, account));
        chronicle.write(person.stream, new AccountSignedUp(account, seal(account, name()), seal(account, email), hash));
        password(person, "SIGN_UP");
        chronicle.write(
                person.stream,
                new EmailValidationRequested(
                        account, chronicle.id(), chronicle.now().plus(LINK)));
        start(person, null, "SIGN_UP");
        return person;
    }

    void validate(Person person, String proof) {
        chronicle.write(person.stream, new EmailValidated(person.account, person.emailHash, proof));
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
        chronicle.write(person.stream, new AccountRenamed(person.account, seal(person.account, name())));
    }

    void changeEmail(Person person) {
        String email = newAddress();
        String hash = chronicle.personalData().emailHash(email);
        chronicle.write(person.claim, new EmailReleased(person.emailHash, person.account));
        person.formerAddresses.add(person.emailHash);
        person.claim = new Line(EmailClaim.streamOf(hash), "EmailClaim");
        person.email = email;
        person.emailHash = hash;
        chronicle.write(person.claim, new EmailClaimed(hash, person.account));
        chronicle.write(person.stream, new EmailChanged(person.account, seal(person.account, email), hash));
        chronicle.write(
                person.stream,
                new EmailValidationRequested(
                        person.account, chronicle.id(), chronicle.now().plus(LINK)));
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
                        person.account, chronicle.id(), chronicle.now().plus(LINK)));
        password(person, "RESET");
        endAll(person, "PASSWORD");
    }

    void turnNewsletter(Person person) {
        person.newsletter = !person.newsletter;
        chronicle.write(
                person.stream,
                person.newsletter
                        ? new NewsletterSubscribed(person.account)
                        : new NewsletterUnsubscribed(person.account));
    }

    void turnDeploymentMails(Person person) {
        person.deploymentMails = !person.deploymentMails;
        chronicle.write(
                person.stream,
                person.deploymentMails
                        ? new DeploymentMailsTurnedOn(person.account)
                        : new DeploymentMailsTurnedOff(person.account));
    }

    void raiseLimit(Person person) {
        person.membershipLimit++;
        chronicle.write(person.stream, new MembershipLimitRaised(person.account, person.membershipLimit));
    }

    /** Of no organization any more. */
    void erase(Person person) {
        person.erased = true;
        endAll(person, "ERASED");
        person.formerAddresses.forEach(
                hash -> chronicle.write(person.stream, new FormerAddressForgotten(person.account, hash)));
        chronicle.write(person.stream, new AccountErased(person.account, person.emailHash));
        chronicle.write(person.claim, new EmailReleased(person.emailHash, person.account));
        chronicle.personalData().forget(person.account, person.emailHash);
        person.formerAddresses.forEach(hash -> chronicle.personalData().forget(person.account, hash));
    }

    private void password(Person person, String reason) {
        String encoded = ENCODED.formatted(chronicle.hash(), chronicle.hash());
        chronicle.write(
                person.stream, new PasswordSet(person.account, chronicle.id(), seal(person.account, encoded), reason));
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
                        person.account,
                        session.id(),
                        chronicle.hash(),
                        organization,
                        null,
                        cause,
                        seal(person.account, address),
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
        chronicle.write(person.stream, new SessionEnded(person.account, session.id(), reason));
    }

    private String name() {
        return chronicle.any(Words.FIRST) + " " + chronicle.any(Words.LAST);
    }

    private String seal(UUID account, String clear) {
        return chronicle.personalData().seal(account, clear);
    }
}
