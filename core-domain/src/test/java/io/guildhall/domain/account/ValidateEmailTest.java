package io.guildhall.domain.account;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.EmailChanged;
import io.guildhall.domain.account.events.EmailValidated;
import io.guildhall.domain.account.events.EmailValidationRequested;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** R2. */
class ValidateEmailTest {

    private static final Instant EXPIRY = NOW.plus(Duration.ofDays(3));

    private final Decisions decisions = new Decisions()
            .given(account(ADA, "ada@example.com"))
            .given(new EmailValidationRequested(ADA, LINK, EXPIRY));

    @Test
    void validatesTheAddress() {
        decisions.when(new ValidateEmail(ADA, LINK)).expectEvents(validated("ada@example.com"));
    }

    @Test
    void staysSilentTheSecondTime() {
        decisions
                .given(validated("ada@example.com"))
                .when(new ValidateEmail(ADA, LINK))
                .expectSilence();
    }

    @Test
    void worksUntilTheLastMoment() {
        decisions
                .at(EXPIRY.minusNanos(1))
                .when(new ValidateEmail(ADA, LINK))
                .expectEvents(validated("ada@example.com"));
    }

    @Test
    void refusesFromTheMomentOfTheLinksExpiry() {
        decisions.at(EXPIRY).when(new ValidateEmail(ADA, LINK)).expectRefusal(new AccountRefusal.LinkNoLongerValid());
    }

    @Test
    void refusesALinkNobodyMailed() {
        decisions.when(new ValidateEmail(ADA, id("made up"))).expectRefusal(new AccountRefusal.LinkNoLongerValid());
    }

    @Test
    void refusesALinkThatWasReplaced() {
        decisions
                .given(new EmailValidationRequested(ADA, id("newer"), EXPIRY))
                .when(new ValidateEmail(ADA, LINK))
                .expectRefusal(new AccountRefusal.LinkNoLongerValid());
    }

    @Test
    void takesTheOldAddresssLinkForNoProofOfTheNewOne() {
        decisions
                .given(new EmailChanged(ADA, "sealed", hashed("new@example.com")))
                .given(new EmailValidationRequested(ADA, id("newer"), EXPIRY))
                .when(new ValidateEmail(ADA, LINK))
                .expectRefusal(new AccountRefusal.LinkNoLongerValid());
    }

    @Test
    void refusesAnErasedAccount() {
        decisions
                .given(new AccountErased(ADA, hashed("ada@example.com")))
                .when(new ValidateEmail(ADA, LINK))
                .expectRefusal(new AccountRefusal.AccountGone());
    }

    @Nested
    class RequestedAgain {

        @Test
        void mailsANewLink() {
            decisions
                    .when(new RequestEmailValidation(ADA, id("newer")))
                    .expectEvents(new EmailValidationRequested(ADA, id("newer"), EXPIRY));
        }

        @Test
        void staysSilentWhenTheAddressIsValidated() {
            decisions
                    .given(validated("ada@example.com"))
                    .when(new RequestEmailValidation(ADA, id("newer")))
                    .expectSilence();
        }
    }

    @Nested
    class ByAnInvitationsLink {

        @Test
        void validatesTheAddressThatItWasSentTo() {
            decisions
                    .when(new ProveEmail(ADA, "Ada@example.com"))
                    .expectEvents(new EmailValidated(ADA, hashed("ada@example.com"), "INVITATION"));
        }

        @Test
        void staysSilentWhenItWasSentToAnother() {
            decisions.when(new ProveEmail(ADA, "bob@example.com")).expectSilence();
        }

        @Test
        void staysSilentWhenTheAddressIsValidated() {
            decisions
                    .given(validated("ada@example.com"))
                    .when(new ProveEmail(ADA, "ada@example.com"))
                    .expectSilence();
        }
    }

    private static EmailValidated validated(String email) {
        return new EmailValidated(ADA, hashed(email), "LINK");
    }
}
