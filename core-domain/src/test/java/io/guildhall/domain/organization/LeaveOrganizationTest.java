package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.Facts.deactivated;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.membership.MembershipCommand.LeaveOrganization;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberLeft;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A member may leave (R15), except the last one (R16); the member's API tokens stop working (R17). */
class LeaveOrganizationTest {

    private static final UUID ADAS = membership(ACME, ADA);
    private static final UUID BOBS = membership(ACME, BOB);

    private final Decisions decisions =
            new Decisions().given(acme("starter"), user(BOB, "bob@example.com"), joined(ACME, BOB));

    @Test
    void endsTheOwnMembership() {
        decisions
                .when(new LeaveOrganization(ACME, BOBS), by(BOB))
                .expectEvents(new MemberLeft(ACME, BOBS, BOB), new OrganizationLeft(BOB, ACME));
    }

    @Test
    void deactivatesTheTokensAndDisablesTheWebhooksInTheSameAct() {
        decisions
                .given(token(TOKEN, BOB), token(id("ada's"), ADA), webhook(id("ada's webhook")))
                .given(new WebhookCreated(ACME, WEBHOOK, sealed(ACME, "https://a.example"), "", sealed(ACME, ""), BOB))
                .when(new LeaveOrganization(ACME, BOBS), by(BOB))
                .expectEvents(
                        new MemberLeft(ACME, BOBS, BOB),
                        new TokenDeactivated(ACME, TOKEN, BOB, "MEMBERSHIP_ENDED"),
                        new WebhookDisabled(ACME, WEBHOOK, "MEMBERSHIP_ENDED"),
                        new OrganizationLeft(BOB, ACME));
    }

    @Test
    void deactivatesTheTokenThatLeaves() {
        decisions
                .given(token(TOKEN, BOB))
                .when(new LeaveOrganization(ACME, BOBS), through(TOKEN, BOB))
                .expectEvents(
                        new MemberLeft(ACME, BOBS, BOB),
                        new TokenDeactivated(ACME, TOKEN, BOB, "MEMBERSHIP_ENDED"),
                        new OrganizationLeft(BOB, ACME));
    }

    @Test
    void refusesTheLastMember() {
        decisions
                .given(removed(ACME, BOB))
                .when(new LeaveOrganization(ACME, ADAS), by(ADA))
                .expectRejection(MembershipRejections.LAST_MEMBER);
    }

    @Test
    void doesNotTakeAPendingInvitationForAnotherMember() {
        decisions
                .given(removed(ACME, BOB), invited(INVITATION, "bob@example.com"))
                .when(new LeaveOrganization(ACME, ADAS), by(ADA))
                .expectRejection(MembershipRejections.LAST_MEMBER);
    }

    @Test
    void leavesALaterMembershipOfTheSamePersonAlone() {
        decisions
                .given(
                        removed(ACME, BOB),
                        new MemberJoined(ACME, id("later"), BOB, "owner"),
                        new OrganizationJoined(BOB, ACME))
                .when(new LeaveOrganization(ACME, BOBS), by(BOB))
                .expectSilence();
    }

    @Test
    void refusesAMembershipThatIsNotTheOwn() {
        decisions
                .when(new LeaveOrganization(ACME, BOBS), by(ADA))
                .expectRejection(MembershipRejections.NO_SUCH_MEMBERSHIP);
        decisions
                .given(token(TOKEN, ADA))
                .when(new LeaveOrganization(ACME, BOBS), through(TOKEN, null))
                .expectRejection(MembershipRejections.NO_SUCH_MEMBERSHIP);
    }

    /** Members can leave a deactivated organization (R21). */
    @Test
    void isPossibleWhileDeactivating() {
        decisions
                .given(new DeactivationStarted(ACME, "REQUESTED_BY_OWNER"))
                .when(new LeaveOrganization(ACME, BOBS), by(BOB))
                .expectEvents(new MemberLeft(ACME, BOBS, BOB), new OrganizationLeft(BOB, ACME));
    }

    /** Members can leave a locked organization. */
    @Test
    void isPossibleWhileLocked() {
        decisions
                .given(token(TOKEN, BOB), new OrganizationLocked(ACME, "Unpaid"))
                .when(new LeaveOrganization(ACME, BOBS), by(BOB))
                .expectEvents(
                        new MemberLeft(ACME, BOBS, BOB),
                        new TokenDeactivated(ACME, TOKEN, BOB, "MEMBERSHIP_ENDED"),
                        new OrganizationLeft(BOB, ACME));
        decisions.when(new LeaveOrganization(ACME, ADAS), by(ADA)).expectRejection(MembershipRejections.LAST_MEMBER);
    }

    @Test
    void isRefusedDuringADeletion() {
        decisions
                .given(deactivated(), new DeletionStarted(ACME))
                .when(new LeaveOrganization(ACME, BOBS), by(BOB))
                .expectRejection(OrganizationRejections.NO_SUCH_ORGANIZATION);
    }

    @Test
    void refusesAMembershipThatNeverWas() {
        decisions
                .when(new LeaveOrganization(ACME, id("made up")), by(ADA))
                .expectRejection(MembershipRejections.NO_SUCH_MEMBERSHIP);
    }
}
