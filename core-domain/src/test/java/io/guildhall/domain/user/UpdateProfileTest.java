package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import io.guildhall.domain.user.UserCommand.CancelEmailChange;
import io.guildhall.domain.user.UserCommand.ConfirmEmailChange;
import io.guildhall.domain.user.UserCommand.UpdateProfile;
import io.guildhall.domain.user.UserEvent.EmailChangeCanceled;
import io.guildhall.domain.user.UserEvent.EmailChangeConfirmed;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.NewsletterSubscribed;
import io.guildhall.domain.user.UserEvent.NewsletterUnsubscribed;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserEvent.UserRenamed;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One user per e-mail address (R1); an e-mail address counts as validated once its mailed link was followed (R2);
 * sessions expire, and a failed sign-in tells nothing (R3).
 */
class UpdateProfileTest {

    private static final UUID NEXT = id("next password");

    private final Decisions decisions = new Decisions().given(validatedUser(ADA, "ada@example.com"));

    @Test
    void staysSilentWhenNothingIsAskedFor() {
        decisions.when(change(null, null, null)).expectSilence();
    }

    @Test
    void renames() {
        decisions.when(change("  Ada King ", null, null)).expectEvents(new UserRenamed(ADA, sealed(ADA, "Ada King")));
    }

    @Test
    void staysSilentOverTheSameName() {
        decisions.when(change("A Person", null, null)).expectSilence();
    }

    @Test
    void staysSilentOverTheNameThatWasGivenLast() {
        decisions
                .given(new UserRenamed(ADA, sealed(ADA, "Ada King")))
                .when(change("Ada King", null, null))
                .expectSilence();
    }

    @Test
    void requestsAnotherAddressWithoutClaimingIt() {
        decisions.when(change(null, "Zoe@example.com", null)).expectEvents(requested(false));
    }

    @Test
    void asksTheOldAddressAsWellWithoutARecentAuthentication() {
        decisions
                .when(new UpdateProfile(ADA, null, "zoe@example.com", LINK, false, null, NEXT, null, null))
                .expectEvents(requested(true));
    }

    @Test
    void movesTheClaimWithTheProofOfTheNewAddress() {
        decisions
                .given(requested(false))
                .when(new ConfirmEmailChange(ADA, LINK, true))
                .expectEventsInAnyOrder(
                        new EmailChangeConfirmed(ADA, LINK, "NEW_ADDRESS"),
                        new EmailReleased(hashed("ada@example.com"), ADA),
                        new EmailClaimed(hashed("zoe@example.com"), ADA),
                        new EmailChanged(ADA, sealed(ADA, "zoe@example.com"), hashed("zoe@example.com")));
    }

    @Test
    void waitsForBothAddresses() {
        decisions
                .given(requested(true))
                .when(new ConfirmEmailChange(ADA, LINK, true))
                .expectEvents(new EmailChangeConfirmed(ADA, LINK, "NEW_ADDRESS"));
        decisions.when(new ConfirmEmailChange(ADA, LINK, true)).expectSilence();
        decisions
                .when(new ConfirmEmailChange(ADA, LINK, false))
                .expectEventsInAnyOrder(
                        new EmailChangeConfirmed(ADA, LINK, "OLD_ADDRESS"),
                        new EmailReleased(hashed("ada@example.com"), ADA),
                        new EmailClaimed(hashed("zoe@example.com"), ADA),
                        new EmailChanged(ADA, sealed(ADA, "zoe@example.com"), hashed("zoe@example.com")));
    }

    @Test
    void isNotProvenByTheOldAddress() {
        decisions
                .given(requested(false))
                .when(new ConfirmEmailChange(ADA, LINK, false))
                .expectSilence();
    }

    @Test
    void refusesTheProofOfAnAddressThatWasTakenMeanwhile() {
        decisions
                .given(requested(false))
                .given(user(BOB, "zoe@example.com"))
                .when(new ConfirmEmailChange(ADA, LINK, true))
                .expectRejection(UserRejections.EMAIL_TAKEN);
    }

    @Test
    void cancelsAChange() {
        decisions
                .given(requested(false))
                .when(new CancelEmailChange(ADA, LINK))
                .expectEvents(new EmailChangeCanceled(ADA, LINK));
        decisions.when(new ConfirmEmailChange(ADA, LINK, true)).expectRejection(UserRejections.LINK_NO_LONGER_VALID);
    }

    @Test
    void refusesALinkThatHasExpiredOrWasReplaced() {
        decisions
                .given(requested(false))
                .when(new ConfirmEmailChange(ADA, id("another"), true))
                .expectRejection(UserRejections.LINK_NO_LONGER_VALID);
        decisions
                .at(NOW.plus(Duration.ofDays(3)))
                .when(new ConfirmEmailChange(ADA, LINK, true))
                .expectRejection(UserRejections.LINK_NO_LONGER_VALID);
    }

    private static EmailChangeRequested requested(boolean oldAddressConfirms) {
        return new EmailChangeRequested(
                ADA,
                sealed(ADA, "zoe@example.com"),
                hashed("zoe@example.com"),
                LINK,
                NOW.plus(Duration.ofDays(3)),
                oldAddressConfirms);
    }

    @Test
    void anotherPasswordCancelsAnEarlierChangeOfTheAddress() {
        var another = new EmailChangeRequested(
                ADA, "sealed", hashed("mallory@example.com"), id("change"), NOW.plus(Duration.ofDays(3)), false);
        decisions
                .given(another)
                .when(new UpdateProfile(ADA, null, "zoe@example.com", LINK, true, null, NEXT, "{bcrypt}next", null))
                .expectEvents(
                        new PasswordSet(ADA, NEXT, sealed(ADA, "{bcrypt}next"), "CHANGE"),
                        new EmailChangeCanceled(ADA, id("change")),
                        requested(false));
    }

    @Test
    void staysSilentOverTheSameAddress() {
        decisions.when(change(null, " ADA@example.com", null)).expectSilence();
    }

    @Test
    void refusesAnAddressThatIsTaken() {
        decisions
                .given(user(BOB, "bob@example.com"))
                .when(change(null, "bob@example.com", null))
                .expectRejection(UserRejections.EMAIL_TAKEN);
    }

    @Test
    void freesTheOldAddressForOthers() {
        decisions
                .given(requested(false))
                .when(new ConfirmEmailChange(ADA, LINK, true))
                .events();
        decisions
                .given(user(BOB, "bob@example.com"))
                .when(new UpdateProfile(BOB, null, "ada@example.com", LINK, true, null, NEXT, null, null))
                .isSuccess();
        decisions
                .when(new ConfirmEmailChange(BOB, LINK, true))
                .expectEventsInAnyOrder(
                        new EmailChangeConfirmed(BOB, LINK, "NEW_ADDRESS"),
                        new EmailReleased(hashed("bob@example.com"), BOB),
                        new EmailClaimed(hashed("ada@example.com"), BOB),
                        new EmailChanged(BOB, sealed(BOB, "ada@example.com"), hashed("ada@example.com")));
    }

    @Test
    void refusesWhatIsNoAddress() {
        decisions.when(change(null, "ada", null)).expectRejection(UserRejections.EMAIL_MALFORMED);
    }

    @Test
    void doesAllOrNothing() {
        decisions
                .given(user(BOB, "bob@example.com"))
                .when(change("Ada King", "bob@example.com", true))
                .expectRejection(UserRejections.EMAIL_TAKEN);
    }

    @Test
    void subscribesToTheNewsletter() {
        decisions.when(change(null, null, true)).expectEvents(new NewsletterSubscribed(ADA));
    }

    @Test
    void unsubscribesFromTheNewsletter() {
        decisions
                .given(new NewsletterSubscribed(ADA))
                .when(change(null, null, false))
                .expectEvents(new NewsletterUnsubscribed(ADA));
    }

    @Test
    void staysSilentOverTheNewsletterAsItIs() {
        decisions.when(change(null, null, false)).expectSilence();
        decisions
                .given(new NewsletterSubscribed(ADA))
                .when(change(null, null, true))
                .expectSilence();
    }

    @Test
    void endsAllSessionsButItsOwnWithANewPassword() {
        decisions
                .given(started(SESSION, NOW.plusSeconds(60)))
                .given(started(id("on another device"), NOW.plusSeconds(60)))
                .given(started(id("signed out"), NOW.plusSeconds(60)))
                .given(new SignInEnded(ADA, id("signed out"), "LOGOUT"))
                .when(new UpdateProfile(ADA, null, null, LINK, true, null, NEXT, "{bcrypt}next", SESSION))
                .expectEvents(
                        new PasswordSet(ADA, NEXT, sealed(ADA, "{bcrypt}next"), "CHANGE"),
                        new SignInEnded(ADA, id("on another device"), "PASSWORD"));
    }

    @Test
    void endsTheOtherSessionsOfTheSameSignInOneByOne() {
        UUID next = id("in an organization");
        SessionStarted first = started(SESSION, NOW.plusSeconds(60));
        decisions
                .given(first)
                .given(new SessionStarted(
                        ADA,
                        next,
                        "hash",
                        ACME,
                        null,
                        "SWITCH",
                        null,
                        NOW,
                        NOW.plusSeconds(60),
                        first.signIn(),
                        first.signedInAt(),
                        first.signInEndsAt(),
                        first.authenticatedAt(),
                        null,
                        null))
                .when(new UpdateProfile(ADA, null, null, LINK, true, null, NEXT, "{bcrypt}next", SESSION))
                .expectEvents(
                        new PasswordSet(ADA, NEXT, sealed(ADA, "{bcrypt}next"), "CHANGE"),
                        new SessionEnded(ADA, next, "PASSWORD"));
    }

    @Test
    void refusesAnErasedUser() {
        decisions
                .given(new UserErased(ADA, hashed("ada@example.com")))
                .when(change("Ada King", null, null))
                .expectRejection(UserRejections.NO_SUCH_USER);
    }

    private static UpdateProfile change(@Nullable String name, @Nullable String email, @Nullable Boolean newsletter) {
        return new UpdateProfile(ADA, name, email, LINK, true, newsletter, NEXT, null, null);
    }

    private static SessionStarted started(UUID session, Instant expires) {
        return signedIn(ADA, session, expires);
    }
}
