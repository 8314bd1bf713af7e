package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeletion;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.DeleteOrganization;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The last member can neither leave nor be removed (R16); deleting removes everything but the events (R22). */
class DeleteOrganizationTest {

    private final Decisions decisions = new Decisions().given(acme("starter"));

    @Test
    void startsForTheLastMemberOfADeactivatedOrganization() {
        decisions
                .given(deactivated())
                .when(new DeleteOrganization(ACME), by(ADA))
                .expectEvents(new DeletionStarted(ACME));
    }

    @Test
    void takesTheInvitationsAlong() {
        UUID expired = id("expired");
        decisions
                .given(invited(INVITATION, "bob@example.com"), invited(expired, "carol@example.com"))
                .given(new InvitationExpired(ACME, expired), deactivated())
                .when(new DeleteOrganization(ACME), by(ADA))
                .expectEventsInAnyOrder(
                        new DeletionStarted(ACME),
                        new InvitationRevoked(ACME, INVITATION),
                        new InvitationRevoked(ACME, expired));
    }

    @Test
    void leavesAnsweredInvitationsWhatTheyAre() {
        UUID declined = id("declined");
        decisions
                .given(validatedUser(BOB, "bob@example.com"), invited(INVITATION, "bob@example.com"))
                .given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB))
                .given(invited(declined, "carol@example.com"), new InvitationDeclined(ACME, declined, id("carol")))
                .given(deactivated())
                .when(new DeleteOrganization(ACME), by(ADA))
                .expectEvents(new DeletionStarted(ACME));
    }

    @Test
    void refusesAnActiveOrganization() {
        decisions.when(new DeleteOrganization(ACME), by(ADA)).expectRejection(OrganizationRejections.NOT_DEACTIVATED);
    }

    @Test
    void waitsForTheDeactivationToBeDone() {
        decisions
                .given(new DeactivationStarted(ACME, "REQUESTED_BY_OWNER"))
                .when(new DeleteOrganization(ACME), by(ADA))
                .expectRejection(OrganizationRejections.NOT_DEACTIVATED);
    }

    @Test
    void isRefusedWhileLocked() {
        decisions
                .given(deactivated(), new OrganizationLocked(ACME, "Unpaid"))
                .when(new DeleteOrganization(ACME), by(ADA))
                .expectRejection(OrganizationRejections.LOCKED);
    }

    @Test
    void staysSilentOnceStarted() {
        decisions
                .given(deactivated(), new DeletionStarted(ACME))
                .when(new DeleteOrganization(ACME), by(ADA))
                .expectSilence();
    }

    @Test
    void isRefusedToAFormerMember() {
        decisions
                .given(joined(ACME, BOB), removed(ACME, BOB), deactivated())
                .when(new DeleteOrganization(ACME), by(BOB))
                .expectRejection(MembershipRejections.NOT_A_MEMBER);
    }

    @Nested
    class Completed {

        @Test
        void endsOneMembershipAStep() {
            decisions
                    .given(deactivated(), new DeletionStarted(ACME))
                    .when(new CompleteDeletion(ACME))
                    .expectEvents(new MemberRemoved(ACME, membership(ACME, ADA), ADA), new OrganizationLeft(ADA, ACME));
        }

        @Test
        void endsWithTheNameFreeOnceNobodyIsLeft() {
            decisions
                    .given(deactivated(), new DeletionStarted(ACME), removed(ACME, ADA))
                    .when(new CompleteDeletion(ACME))
                    .expectEvents(new OrganizationDeleted(ACME, "acme"), new NameReleased("acme", ACME));
            assertThat(decisions.personalData().hasForgotten(ACME)).isTrue();
        }

        @Test
        void isDoneAfterAStepForEachMemberAndALastOne() {
            decisions
                    .given(validatedUser(BOB, "bob@example.com"), joined(ACME, BOB))
                    .given(deactivated(), new DeletionStarted(ACME));
            var events = new ArrayList<>();
            for (int step = 0; step < 3; step++) {
                events.addAll(decisions.when(new CompleteDeletion(ACME)).events());
            }
            assertThat(events)
                    .contains(new OrganizationLeft(ADA, ACME), new OrganizationLeft(BOB, ACME))
                    .endsWith(new OrganizationDeleted(ACME, "acme"), new NameReleased("acme", ACME));
            decisions.when(new CompleteDeletion(ACME)).expectSilence();
            decisions
                    .when(new CreateOrganization(GLOBEX, "acme", BOB, id("seat")))
                    .events();
        }

        @Test
        void staysSilentWhenNoneIsUnderWay() {
            decisions.given(deactivated()).when(new CompleteDeletion(ACME)).expectSilence();
        }

        @Test
        void isNotStoppedByALock() {
            decisions
                    .given(deactivated(), new DeletionStarted(ACME), new OrganizationLocked(ACME, "Unpaid"))
                    .given(removed(ACME, ADA))
                    .when(new CompleteDeletion(ACME))
                    .expectEvents(new OrganizationDeleted(ACME, "acme"), new NameReleased("acme", ACME));
        }
    }
}
