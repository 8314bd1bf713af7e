package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationCommand.DeclineInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserRejections;
import org.junit.jupiter.api.Test;

/** Accepting needs the invited address, and declining frees the seat (R13). */
class DeclineInvitationTest {

    private final Decisions decisions = new Decisions()
            .given(acme("starter"), invited(INVITATION, "bob@example.com"))
            .given(user(BOB, "bob@example.com"), user(CAROL, "carol@example.com"));

    @Test
    void isForWhoWasInvited() {
        decisions
                .given(new EmailValidated(BOB, hashed("bob@example.com"), "LINK"))
                .when(new DeclineInvitation(ACME, INVITATION, BOB, null), by(BOB))
                .expectEvents(new InvitationDeclined(ACME, INVITATION, BOB));
    }

    @Test
    void validatesTheAddressWhenTheLinkWasFollowed() {
        decisions
                .when(new DeclineInvitation(ACME, INVITATION, BOB, LINK), by(BOB))
                .expectEventsInAnyOrder(
                        new EmailValidated(BOB, hashed("bob@example.com"), "INVITATION"),
                        new InvitationDeclined(ACME, INVITATION, BOB));
    }

    @Test
    void needsAValidatedAddress() {
        decisions
                .when(new DeclineInvitation(ACME, INVITATION, BOB, null), by(BOB))
                .expectRejection(UserRejections.EMAIL_NOT_VALIDATED);
    }

    @Test
    void staysSilentTheSecondTime() {
        decisions
                .given(new InvitationDeclined(ACME, INVITATION, BOB))
                .when(new DeclineInvitation(ACME, INVITATION, BOB, null), by(BOB))
                .expectSilence();
    }

    @Test
    void doesNotExistForAnotherUser() {
        decisions
                .given(new EmailValidated(CAROL, hashed("carol@example.com"), "LINK"))
                .when(new DeclineInvitation(ACME, INVITATION, CAROL, null), by(CAROL))
                .expectRejection(InvitationRejections.NO_SUCH_INVITATION);
    }

    @Test
    void tellsWhoHoldsTheLinkThatItWasSentToAnotherAddress() {
        decisions
                .given(new EmailValidated(CAROL, hashed("carol@example.com"), "LINK"))
                .when(new DeclineInvitation(ACME, INVITATION, CAROL, LINK), by(CAROL))
                .expectRejection(InvitationRejections.SENT_TO_ANOTHER_ADDRESS);
    }

    @Test
    void refusesWhatWasAccepted() {
        decisions
                .given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB))
                .when(new DeclineInvitation(ACME, INVITATION, BOB, LINK), by(BOB))
                .expectRejection(InvitationRejections.noLongerPending("accepted"));
    }

    @Test
    void refusesFromTheMomentOfItsExpiry() {
        decisions
                .at(NOW.plus(LIFETIMES.invitation()))
                .when(new DeclineInvitation(ACME, INVITATION, BOB, LINK), by(BOB))
                .expectRejection(InvitationRejections.EXPIRED);
    }

    @Test
    void worksWhileTheOrganizationIsDeactivatedOrLocked() {
        decisions
                .given(new EmailValidated(BOB, hashed("bob@example.com"), "LINK"), deactivated())
                .given(new OrganizationLocked(ACME, "Unpaid"))
                .when(new DeclineInvitation(ACME, INVITATION, BOB, LINK), by(BOB))
                .expectEvents(new InvitationDeclined(ACME, INVITATION, BOB));
    }
}
