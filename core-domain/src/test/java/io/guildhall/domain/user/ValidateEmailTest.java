package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.user.UserCommand.RequestEmailValidation;
import io.guildhall.domain.user.UserCommand.ResetPassword;
import io.guildhall.domain.user.UserCommand.ValidateEmail;
import io.guildhall.domain.user.UserEvent.EmailChangeCanceled;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordRemoved;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An e-mail address counts as validated once its mailed link was followed (R2). */
class ValidateEmailTest {

    private static final Instant EXPIRY = NOW.plus(Duration.ofDays(3));

    private static final SessionDescriptor NEXT_SESSION =
            new SessionDescriptor(id("next session"), "hash", Duration.ofDays(1), null);

    private final UserFixture ada = new UserFixture(
            user(ADA, "ada@example.com"),
            new EmailValidationRequested(ADA, LINK, EXPIRY),
            signedIn(ADA, SESSION, NOW.plus(Duration.ofDays(7))));

    @Test
    void validatesTheAddress() {
        ada.when(new ValidateEmail(ADA, LINK, SESSION, null)).expectEvents(validated("ada@example.com"));
    }

    @Test
    void staysSilentTheSecondTime() {
        ada.given(validated("ada@example.com"))
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void worksUntilTheLastMoment() {
        ada.at(EXPIRY.minusNanos(1))
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectEvents(validated("ada@example.com"));
    }

    @Test
    void refusesFromTheMomentOfTheLinksExpiry() {
        ada.at(EXPIRY)
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void refusesALinkNobodyMailed() {
        ada.when(new ValidateEmail(ADA, id("made up"), SESSION, null))
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void refusesALinkThatWasReplaced() {
        ada.given(new EmailValidationRequested(ADA, id("newer"), EXPIRY))
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void takesTheOldAddresssLinkForNoProofOfTheNewOne() {
        ada.given(
                        new EmailChanged(ADA, "sealed", hashed("new@example.com")),
                        new EmailValidationRequested(ADA, id("newer"), EXPIRY))
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void refusesAnErasedUser() {
        ada.given(new UserErased(ADA, hashed("ada@example.com")))
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectExceptionDetails(UserRejections.NO_SUCH_USER);
    }

    @Test
    void endsTheOtherSignIns() {
        UUID other = id("of somebody else");
        ada.given(signedIn(ADA, other, NOW.plus(Duration.ofDays(7))))
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectEvents(validated("ada@example.com"), new SignInEnded(ADA, other, "VALIDATION"));
    }

    @Test
    void cancelsAChangeOfTheAddressThatSomebodyElseMayHaveRequested() {
        UUID change = id("change");
        ada.given(new EmailChangeRequested(ADA, "sealed", hashed("mallory@example.com"), change, EXPIRY, false))
                .when(new ValidateEmail(ADA, LINK, SESSION, null))
                .expectEvents(validated("ada@example.com"), new EmailChangeCanceled(ADA, change));
    }

    @Nested
    class StartingASession {

        @Test
        void startsOneOfTheSameSignIn() {
            ada.when(new ValidateEmail(ADA, LINK, SESSION, NEXT_SESSION))
                    .expectEvents(
                            validated("ada@example.com"),
                            new SessionStarted(
                                    ADA,
                                    NEXT_SESSION.id(),
                                    "hash",
                                    null,
                                    null,
                                    "VALIDATION",
                                    null,
                                    NOW,
                                    NOW.plus(NEXT_SESSION.validity()),
                                    SESSION,
                                    NOW,
                                    NOW.plus(LIFETIMES.signIn()),
                                    NOW,
                                    null,
                                    null));
        }

        @Test
        void startsNoneTheSecondTime() {
            ada.given(validated("ada@example.com"))
                    .when(new ValidateEmail(ADA, LINK, SESSION, NEXT_SESSION))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void startsNoneForASessionThatHasEnded() {
            ada.given(new SignInEnded(ADA, SESSION, "LOGOUT"))
                    .when(new ValidateEmail(ADA, LINK, SESSION, NEXT_SESSION))
                    .expectEvents(validated("ada@example.com"), new PasswordRemoved(ADA, LINK, EXPIRY));
        }
    }

    /** Another person than the reader of the mail may have signed up. */
    @Nested
    class WithoutASession {

        private final PasswordRemoved removed = new PasswordRemoved(ADA, LINK, EXPIRY);

        @Test
        void endsAllSessionsAndThePassword() {
            ada.when(new ValidateEmail(ADA, LINK, null, null))
                    .expectEvents(validated("ada@example.com"), removed, new SignInEnded(ADA, SESSION, "VALIDATION"));
        }

        @Test
        void takesASessionThatHasEndedForNone() {
            ada.given(new SignInEnded(ADA, SESSION, "LOGOUT"))
                    .when(new ValidateEmail(ADA, LINK, SESSION, null))
                    .expectEvents(validated("ada@example.com"), removed);
        }

        @Test
        void letsNobodySignInWithThePasswordFromBefore() {
            ada.given(validated("ada@example.com"), removed)
                    .when(new StartSession(
                            ADA,
                            new SessionDescriptor(id("next"), "hash", Duration.ofDays(1), null),
                            null,
                            null,
                            "LOGIN",
                            PASSWORD,
                            null))
                    .expectExceptionDetails(UserRejections.PASSWORD_CHANGED_CONCURRENTLY);
        }

        @Test
        void letsTheLinkSetAPassword() {
            ada.given(validated("ada@example.com"), removed, new SignInEnded(ADA, SESSION, "VALIDATION"))
                    .when(new ResetPassword(ADA, LINK, id("next"), "{bcrypt}next", NEXT_SESSION, null))
                    .expectEvents(
                            new PasswordSet(ADA, id("next"), sealed(ADA, "{bcrypt}next"), "RESET"),
                            new SessionStarted(
                                    ADA,
                                    NEXT_SESSION.id(),
                                    "hash",
                                    null,
                                    null,
                                    "PASSWORD_RESET",
                                    null,
                                    NOW,
                                    NOW.plus(NEXT_SESSION.validity()),
                                    NEXT_SESSION.id(),
                                    NOW,
                                    NOW.plus(LIFETIMES.signIn()),
                                    NOW,
                                    null,
                                    null));
        }
    }

    @Test
    void givesTheLinkNoPowerOverThePasswordWhereASessionWasKept() {
        ada.given(validated("ada@example.com"))
                .when(new ResetPassword(ADA, LINK, id("next"), "{bcrypt}next", NEXT_SESSION, null))
                .expectExceptionDetails(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Nested
    class RequestedAgain {

        @Test
        void mailsANewLink() {
            ada.when(new RequestEmailValidation(ADA, id("newer")))
                    .expectEvents(new EmailValidationRequested(ADA, id("newer"), EXPIRY));
        }

        @Test
        void staysSilentWhenTheAddressIsValidated() {
            ada.given(validated("ada@example.com"))
                    .when(new RequestEmailValidation(ADA, id("newer")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    private static EmailValidated validated(String email) {
        return new EmailValidated(ADA, hashed(email), "LINK");
    }
}
