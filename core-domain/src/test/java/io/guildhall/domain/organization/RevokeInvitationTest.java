package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationRejections;
import org.junit.jupiter.api.Test;

/** A member revokes an invitation or removes it from lists (R11). */
class RevokeInvitationTest {

    private final OrganizationFixture acme =
            new OrganizationFixture(acme("starter"), invited(INVITATION, "bob@example.com"));

    @Test
    void endsAPendingInvitation() {
        acme.when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectEvents(new InvitationRevoked(ACME, INVITATION));
    }

    @Test
    void staysSilentTheSecondTime() {
        acme.given(new InvitationRevoked(ACME, INVITATION))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void takesADeclinedInvitationOffTheLists() {
        acme.given(new InvitationDeclined(ACME, INVITATION, BOB))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectEvents(new InvitationRevoked(ACME, INVITATION));
    }

    @Test
    void takesAnExpiredInvitationOffTheLists() {
        acme.given(new InvitationExpired(ACME, INVITATION))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectEvents(new InvitationRevoked(ACME, INVITATION));
    }

    @Test
    void refusesAnAcceptedInvitation() {
        acme.given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB))
                .when(new RevokeInvitation(ACME, INVITATION), by(ADA))
                .expectExceptionDetails(InvitationRejections.ALREADY_ACCEPTED);
    }
}
