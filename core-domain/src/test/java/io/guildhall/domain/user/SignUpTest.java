package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.shared.SessionOrigin;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import io.guildhall.domain.user.UserCommand.SignUp;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One user per e-mail address (R1); an e-mail address counts as validated once its mailed link was followed (R2);
 * personal data is never in an event in clear text, and an erasure destroys its key (R20).
 */
class SignUpTest {

    private static final SessionDescriptor FIRST = new SessionDescriptor(
            SESSION, "session hash", Duration.ofHours(8), new SessionOrigin("203.0.113.7", "curl"));

    private final Decisions decisions = new Decisions();

    @Test
    void makesAnUserWithAClaimAPasswordALinkAndASession() {
        decisions
                .when(signUp("ada@example.com", "Ada Lovelace", false))
                .expectEvents(
                        claimed(),
                        signedUp(),
                        passwordSet(),
                        new EmailValidationRequested(ADA, LINK, NOW.plus(Duration.ofDays(3))),
                        sessionStarted());
    }

    @Test
    void trimsAndLowersTheAddressAndTrimsTheName() {
        decisions
                .when(signUp("  Ada@Example.COM\t", " Ada Lovelace ", false))
                .expectEvents(
                        claimed(),
                        signedUp(),
                        passwordSet(),
                        new EmailValidationRequested(ADA, LINK, NOW.plus(Duration.ofDays(3))),
                        sessionStarted());
    }

    @Test
    void needsNoFurtherProofWhenAnInvitationsLinkWasFollowed() {
        decisions
                .when(signUp("ada@example.com", "Ada Lovelace", true))
                .expectEvents(
                        claimed(),
                        signedUp(),
                        passwordSet(),
                        new EmailValidated(ADA, hashed("ada@example.com"), "INVITATION"),
                        sessionStarted());
    }

    @Test
    void refusesAnAddressThatIsTaken() {
        decisions
                .given(user(BOB, "ada@example.com"))
                .when(signUp("ADA@example.com", "Ada Lovelace", false))
                .expectRejection(UserRejections.EMAIL_TAKEN);
    }

    @Test
    void takesAnAddressThatAnErasedUserHadBefore() {
        decisions
                .given(user(BOB, "ada@example.com"))
                .given(new UserErased(BOB, hashed("ada@example.com")))
                .given(new EmailReleased(hashed("ada@example.com"), BOB))
                .when(signUp("ada@example.com", "Ada Lovelace", true))
                .expectEvents(
                        claimed(),
                        signedUp(),
                        passwordSet(),
                        new EmailValidated(ADA, hashed("ada@example.com"), "INVITATION"),
                        sessionStarted());
    }

    @Test
    void refusesWhatIsNoAddress() {
        decisions
                .when(signUp("ada at example.com", "Ada Lovelace", false))
                .expectRejection(UserRejections.EMAIL_MALFORMED);
    }

    @Test
    void refusesWhatIsNoName() {
        decisions.when(signUp("ada@example.com", " ", false)).expectRejection(UserRejections.PERSON_NAME_MALFORMED);
    }

    private static SignUp signUp(String email, String name, boolean proven) {
        return new SignUp(ADA, email, name, PASSWORD, "{bcrypt}first", LINK, proven, FIRST);
    }

    private static EmailClaimed claimed() {
        return new EmailClaimed(hashed("ada@example.com"), ADA);
    }

    private static UserSignedUp signedUp() {
        return new UserSignedUp(
                ADA, sealed(ADA, "Ada Lovelace"), sealed(ADA, "ada@example.com"), hashed("ada@example.com"));
    }

    private static PasswordSet passwordSet() {
        return new PasswordSet(ADA, PASSWORD, sealed(ADA, "{bcrypt}first"), "SIGN_UP");
    }

    private static List<Object> sessionStarted() {
        return List.of(new SessionStarted(
                ADA,
                SESSION,
                "session hash",
                null,
                null,
                "SIGN_UP",
                sealed(ADA, "203.0.113.7\ncurl"),
                NOW,
                NOW.plus(Duration.ofHours(8)),
                SESSION,
                NOW,
                NOW.plus(LIFETIMES.signIn()),
                NOW,
                null,
                null));
    }
}
