package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.user.UserCommand.RequestPasswordReset;
import io.guildhall.domain.user.UserCommand.ResetPassword;
import io.guildhall.domain.user.UserEvent.EmailChangeCanceled;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions expire, and a failed sign-in tells nothing (R3). */
class ResetPasswordTest {

    private static final Instant EXPIRY = NOW.plus(Duration.ofHours(1));
    private static final UUID NEXT = id("next password");

    private static final SessionDescriptor SESSION_AFTER =
            new SessionDescriptor(id("session after"), "hash", Duration.ofDays(1), null);

    private final UserFixture ada = new UserFixture(validatedUser(ADA, "ada@example.com"));

    @Test
    void isPrecededByAMailedLink() {
        ada.when(new RequestPasswordReset(ADA, LINK)).expectEvents(new PasswordResetRequested(ADA, LINK, EXPIRY));
    }

    @Test
    void setsThePasswordAndEndsEverySession() {
        ada.given(requested(), started("one"), started("two"))
                .when(reset())
                .expectEvents(passwordSet(), ended("two"), ended("one"), sessionStarted(null));
    }

    @Test
    void startsASessionInTheDefaultOrganization() {
        ada.given(new OrganizationJoined(ADA, ACME), requested())
                .when(reset())
                .expectEvents(passwordSet(), sessionStarted(ACME));
    }

    /** Another person who was signed in may have requested it and could send the link to the user. */
    @Test
    void cancelsAChangeOfTheAddressThatWaits() {
        UUID change = id("change");
        ada.given(
                        requested(),
                        new EmailChangeRequested(ADA, "sealed", hashed("mallory@example.com"), change, EXPIRY, false))
                .when(reset())
                .expectEvents(passwordSet(), new EmailChangeCanceled(ADA, change), sessionStarted(null));
    }

    @Test
    void worksOnce() {
        ada.given(requested(), passwordSet()).when(reset()).expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void worksUntilTheLastMoment() {
        ada.at(EXPIRY.minusNanos(1))
                .given(requested())
                .when(reset())
                .expectEvents(passwordSet(), sessionStarted(null, EXPIRY.minusNanos(1)));
    }

    @Test
    void refusesFromTheMomentOfTheLinksExpiry() {
        ada.at(EXPIRY).given(requested()).when(reset()).expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void refusesALinkThatWasReplaced() {
        ada.given(requested(), new PasswordResetRequested(ADA, id("newer"), EXPIRY))
                .when(reset())
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void refusesALinkNobodyMailed() {
        ada.when(reset()).expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void refusesALinkFromBeforeThePasswordWasChanged() {
        ada.given(requested(), new PasswordSet(ADA, id("changed"), "sealed", "CHANGE"))
                .when(reset())
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void validatesTheAddressThatTheLinkWasMailedTo() {
        new UserFixture(user(ADA, "ada@example.com"), requested())
                .when(reset())
                .expectEvents(
                        passwordSet(),
                        new EmailValidated(ADA, hashed("ada@example.com"), "LINK"),
                        sessionStarted(null));
    }

    /** Otherwise a link mailed to the old address could validate another person's address (R2). */
    @Test
    void refusesALinkThatWasMailedToAnEarlierAddress() {
        ada.given(requested(), new EmailChanged(ADA, "sealed", hashed("victim@example.com")))
                .when(reset())
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    private static ResetPassword reset() {
        return new ResetPassword(ADA, LINK, NEXT, "{bcrypt}next", SESSION_AFTER, ACME);
    }

    private static PasswordResetRequested requested() {
        return new PasswordResetRequested(ADA, LINK, EXPIRY);
    }

    private static PasswordSet passwordSet() {
        return new PasswordSet(ADA, NEXT, sealed(ADA, "{bcrypt}next"), "RESET");
    }

    private static SessionStarted sessionStarted(@Nullable UUID organization) {
        return sessionStarted(organization, NOW);
    }

    private static SessionStarted sessionStarted(@Nullable UUID organization, Instant now) {
        return new SessionStarted(
                ADA,
                SESSION_AFTER.id(),
                "hash",
                organization,
                null,
                "PASSWORD_RESET",
                null,
                now,
                now.plus(SESSION_AFTER.validity()),
                SESSION_AFTER.id(),
                now,
                now.plus(LIFETIMES.signIn()),
                now,
                null,
                null);
    }

    private static SessionStarted started(String name) {
        return signedIn(ADA, id(name), NOW.plusSeconds(3600));
    }

    private static SignInEnded ended(String name) {
        return new SignInEnded(ADA, id(name), "PASSWORD");
    }
}
