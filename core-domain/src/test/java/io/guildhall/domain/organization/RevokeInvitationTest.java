package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationRejections;
import org.junit.jupiter.api.Test;

/** A member takes an invitation back, or off the lists (R11). */
class RevokeInvitationTest {

    private final Decisions decisions = new Decisions().given(acme("starter"), invited(INVITATION, "bob@example.com"));

    @Test
    void endsAPendingInvitationOnce() {
        decisions
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectEvents(new InvitationRevoked(ACME, INVITATION))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectSilence();
    }

    @Test
    void takesADeclinedInvitationOffTheLists() {
        decisions
                .given(new InvitationDeclined(ACME, INVITATION, BOB))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectEvents(new InvitationRevoked(ACME, INVITATION));
    }

    @Test
    void takesAnExpiredInvitationOffTheLists() {
        decisions
                .given(new InvitationExpired(ACME, INVITATION))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectEvents(new InvitationRevoked(ACME, INVITATION));
    }

    @Test
    void refusesAnAcceptedInvitation() {
        decisions
                .given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectRejection(InvitationRejections.ALREADY_ACCEPTED);
    }
}
