package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.Facts.deactivated;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.membership.MembershipCommand.RemoveMember;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.webhook.WebhookCommand.CreateWebhook;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Any member may remove any member (R15), except the last one (R16); the API tokens of a removed member stop working
 * (R17).
 */
class RemoveMemberTest {

    private static final UUID ADAS = membership(ACME, ADA);
    private static final UUID BOBS = membership(ACME, BOB);

    private final Decisions decisions =
            new Decisions().given(acme("starter"), user(BOB, "bob@example.com"), joined(ACME, BOB));

    @Test
    void endsTheMembership() {
        decisions
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectEvents(new MemberRemoved(ACME, BOBS, BOB), new OrganizationLeft(BOB, ACME));
    }

    @Test
    void removesTheCreatorToo() {
        decisions
                .when(new RemoveMember(ACME, ADAS), by(BOB))
                .expectEvents(new MemberRemoved(ACME, ADAS, ADA), new OrganizationLeft(ADA, ACME));
    }

    @Test
    void isPossibleThroughAnOrganizationsToken() {
        decisions
                .given(token(TOKEN, ADA))
                .when(new RemoveMember(ACME, BOBS), through(TOKEN, null))
                .expectEvents(new MemberRemoved(ACME, BOBS, BOB), new OrganizationLeft(BOB, ACME));
    }

    @Test
    void deactivatesThePersonsTokensInTheSameActAndNobodyElses() {
        decisions
                .given(token(TOKEN, BOB), token(id("ada's"), ADA), token(id("revoked"), BOB))
                .given(new TokenRevoked(ACME, id("revoked"), BOB, "REVOKED"))
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectEvents(
                        new MemberRemoved(ACME, BOBS, BOB),
                        new TokenDeactivated(ACME, TOKEN, BOB, "MEMBERSHIP_ENDED"),
                        new OrganizationLeft(BOB, ACME));
    }

    @Test
    void disablesTheWebhooksThatThePersonAnswersForInTheSameAct() {
        UUID bobs = id("bob's webhook");
        UUID changedByBob = id("changed by bob");
        UUID enabledByAda = id("enabled by ada");
        UUID made = id("made through the organization's token");
        decisions
                .given(webhook(id("ada's webhook")), ofBob(bobs), webhook(changedByBob), ofBob(enabledByAda))
                .given(new WebhookChanged(ACME, changedByBob, sealed(ACME, "https://b.example"), "", "", BOB))
                .given(new WebhookDisabled(ACME, enabledByAda, "FAILING"))
                .given(new WebhookEnabled(ACME, enabledByAda, ADA), token(TOKEN, BOB))
                .when(new CreateWebhook(ACME, made, "https://c.example", List.of(), ""), through(TOKEN, null))
                .expectEvents(
                        new WebhookCreated(ACME, made, sealed(ACME, "https://c.example"), "", sealed(ACME, ""), BOB))
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectEventsInAnyOrder(
                        new MemberRemoved(ACME, BOBS, BOB),
                        new TokenDeactivated(ACME, TOKEN, BOB, "MEMBERSHIP_ENDED"),
                        new WebhookDisabled(ACME, bobs, "MEMBERSHIP_ENDED"),
                        new WebhookDisabled(ACME, changedByBob, "MEMBERSHIP_ENDED"),
                        new WebhookDisabled(ACME, made, "MEMBERSHIP_ENDED"),
                        new OrganizationLeft(BOB, ACME));
    }

    private static WebhookCreated ofBob(UUID webhook) {
        return new WebhookCreated(ACME, webhook, sealed(ACME, "https://a.example"), "", sealed(ACME, ""), BOB);
    }

    @Test
    void refusesTheLastMember() {
        decisions
                .given(removed(ACME, BOB), token(TOKEN, ADA))
                .when(new RemoveMember(ACME, ADAS), through(TOKEN, null))
                .expectRejection(MembershipRejections.LAST_MEMBER);
    }

    @Test
    void staysSilentTheSecondTime() {
        decisions
                .given(removed(ACME, BOB))
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectSilence();
    }

    @Test
    void leavesALaterMembershipOfTheSamePersonAlone() {
        UUID later = id("later");
        decisions
                .given(
                        removed(ACME, BOB),
                        new MemberJoined(ACME, later, BOB, "owner"),
                        new OrganizationJoined(BOB, ACME))
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectSilence();
        decisions
                .when(new RemoveMember(ACME, later), by(ADA))
                .expectEvents(new MemberRemoved(ACME, later, BOB), new OrganizationLeft(BOB, ACME));
    }

    @Test
    void letsOnlyOneOfTwoWhoRemoveEachOtherDoSo() {
        decisions.when(new RemoveMember(ACME, ADAS), by(BOB)).events();
        decisions.when(new RemoveMember(ACME, BOBS), by(ADA)).expectRejection(MembershipRejections.NOT_A_MEMBER);
    }

    @Test
    void isPossibleWhileDeactivated() {
        decisions
                .given(deactivated())
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectEvents(new MemberRemoved(ACME, BOBS, BOB), new OrganizationLeft(BOB, ACME));
        decisions.when(new RemoveMember(ACME, ADAS), by(ADA)).expectRejection(MembershipRejections.LAST_MEMBER);
    }

    @Test
    void isRefusedWhileLocked() {
        decisions
                .given(new OrganizationLocked(ACME, "Unpaid"))
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectRejection(OrganizationRejections.LOCKED);
    }

    @Test
    void isRefusedDuringADeletion() {
        decisions
                .given(deactivated(), new DeletionStarted(ACME))
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectRejection(OrganizationRejections.NO_SUCH_ORGANIZATION);
    }

    @Test
    void removesAnErasedPerson() {
        decisions
                .given(new UserErased(BOB, hashed("bob@example.com")))
                .when(new RemoveMember(ACME, BOBS), by(ADA))
                .expectEvents(new MemberRemoved(ACME, BOBS, BOB), new OrganizationLeft(BOB, ACME));
    }

    @Test
    void refusesAMembershipThatNeverWas() {
        decisions
                .when(new RemoveMember(ACME, id("made up")), by(ADA))
                .expectRejection(MembershipRejections.NO_SUCH_MEMBERSHIP);
    }

    @Test
    void refusesAMembershipOfAnotherOrganization() {
        decisions
                .given(founded(GLOBEX, "globex", "starter", CAROL))
                .when(new RemoveMember(ACME, membership(GLOBEX, CAROL)), by(ADA))
                .expectRejection(MembershipRejections.NO_SUCH_MEMBERSHIP);
    }
}
