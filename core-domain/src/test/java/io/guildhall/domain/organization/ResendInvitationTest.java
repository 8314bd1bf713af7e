package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationCommand.ExpireInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationRejections;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Members plus pending invitations never exceed the plan's seats (R9); an address has at most one pending invitation
 * of an organization, and it expires (R11); resending renews an invitation and ends its former link (R12).
 */
class ResendInvitationTest {

    private static final UUID NEWER = id("newer link");
    private static final Instant EXPIRY = NOW.plus(LIFETIMES.invitation());

    private final Decisions decisions = new Decisions().given(acme("starter"), invited(INVITATION, "bob@example.com"));

    @Test
    void renewsTheExpiryAndTheLink() {
        Instant later = NOW.plusSeconds(3600);
        decisions.at(later).when(resend(), by(ADA)).expectEvents(resentAt(later));
    }

    @Test
    void needsNoFurtherSeatWhilePending() {
        decisions
                .given(joined(ACME, CAROL), invited(id("third"), "dan@example.com"))
                .when(resend(), by(ADA))
                .expectEvents(resentAt(NOW));
    }

    @Test
    void bringsBackWhatHasExpired() {
        decisions
                .given(new InvitationExpired(ACME, INVITATION))
                .at(EXPIRY)
                .when(resend(), by(ADA))
                .expectEvents(resentAt(EXPIRY));
    }

    @Test
    void bringsBackWhatIsPastItsExpiryThoughNobodyHasNoticedYet() {
        decisions.at(EXPIRY).when(resend(), by(ADA)).expectEvents(resentAt(EXPIRY));
    }

    @Test
    void refusesToBringBackAnExpiredOneWhenTheSeatsAreTaken() {
        decisions
                .given(joined(ACME, CAROL), joined(ACME, id("dan")))
                .at(EXPIRY)
                .when(resend(), by(ADA))
                .expectRejection(InvitationRejections.seatsExhausted("starter", 3));
    }

    @Test
    void refusesToBringBackAnExpiredOneBesideAPendingOneOfTheSameAddress() {
        decisions
                .given(new InvitationExpired(ACME, INVITATION), invited(id("third"), "bob@example.com"))
                .when(resend(), by(ADA))
                .expectRejection(InvitationRejections.ALREADY_INVITED);
    }

    @Test
    void refusesToBringBackTheOneOfAMember() {
        decisions
                .given(user(BOB, "bob@example.com"), joined(ACME, BOB))
                .given(new InvitationExpired(ACME, INVITATION))
                .when(resend(), by(ADA))
                .expectRejection(InvitationRejections.ALREADY_A_MEMBER);
    }

    @Test
    void refusesWhatWasAccepted() {
        decisions
                .given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB))
                .when(resend(), by(ADA))
                .expectRejection(InvitationRejections.noLongerPending("accepted"));
    }

    @Test
    void refusesWhatWasDeclinedForThatReasonEvenWhenTheSeatsAreTaken() {
        decisions
                .given(new InvitationDeclined(ACME, INVITATION, BOB))
                .given(joined(ACME, CAROL), joined(ACME, id("dan")))
                .when(resend(), by(ADA))
                .expectRejection(InvitationRejections.noLongerPending("declined"));
    }

    @Test
    void refusesWhatWasRevoked() {
        decisions
                .given(new InvitationRevoked(ACME, INVITATION))
                .when(resend(), by(ADA))
                .expectRejection(InvitationRejections.NO_SUCH_INVITATION);
    }

    @Nested
    class Revoked {

        @Test
        void isGone() {
            decisions
                    .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                    .expectEvents(new InvitationRevoked(ACME, INVITATION));
        }

        @Test
        void isGoneAlsoWhenItHadExpired() {
            decisions
                    .given(new InvitationExpired(ACME, INVITATION))
                    .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                    .expectEvents(new InvitationRevoked(ACME, INVITATION));
        }

        @Test
        void isSilentTheSecondTime() {
            decisions
                    .given(new InvitationRevoked(ACME, INVITATION))
                    .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                    .expectSilence();
        }

        @Test
        void isRefusedWhenNobodyMadeIt() {
            decisions
                    .when(new RevokeInvitation(ACME, id("made up")), by(ADA))
                    .expectRejection(InvitationRejections.NO_SUCH_INVITATION);
        }
    }

    @Nested
    class Expired {

        @Test
        void isNoticedFromTheMomentOfItsExpiry() {
            decisions
                    .at(EXPIRY)
                    .when(new ExpireInvitation(ACME, INVITATION))
                    .expectEvents(new InvitationExpired(ACME, INVITATION));
        }

        @Test
        void isSilentBefore() {
            decisions
                    .at(EXPIRY.minusNanos(1))
                    .when(new ExpireInvitation(ACME, INVITATION))
                    .expectSilence();
        }

        @Test
        void isSilentWhenItWasRenewedMeanwhile() {
            decisions
                    .given(resentAt(NOW.plusSeconds(1)))
                    .at(EXPIRY)
                    .when(new ExpireInvitation(ACME, INVITATION))
                    .expectSilence();
        }

        @Test
        void isSilentTheSecondTime() {
            decisions
                    .given(new InvitationExpired(ACME, INVITATION))
                    .at(EXPIRY)
                    .when(new ExpireInvitation(ACME, INVITATION))
                    .expectSilence();
        }

        @Test
        void isSilentOverWhatIsAnsweredOrRevoked() {
            decisions
                    .given(invited(id("third"), "carol@example.com"))
                    .given(new InvitationAccepted(ACME, INVITATION, BOB), new InvitationRevoked(ACME, id("third")))
                    .at(EXPIRY);
            decisions.when(new ExpireInvitation(ACME, INVITATION)).expectSilence();
            decisions.when(new ExpireInvitation(ACME, id("third"))).expectSilence();
        }

        @Test
        void isNoticedInADeactivatedOrganizationToo() {
            decisions
                    .given(deactivated())
                    .at(EXPIRY)
                    .when(new ExpireInvitation(ACME, INVITATION))
                    .expectEvents(new InvitationExpired(ACME, INVITATION));
        }
    }

    private static ResendInvitation resend() {
        return new ResendInvitation(ACME, INVITATION, NEWER);
    }

    private static InvitationResent resentAt(Instant now) {
        return new InvitationResent(ACME, INVITATION, NEWER, now.plus(LIFETIMES.invitation()));
    }
}
