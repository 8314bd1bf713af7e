package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.Facts.INVITATION;
import static io.guildhall.domain.Facts.deactivated;
import static io.guildhall.domain.Facts.invited;
import static io.guildhall.domain.Facts.membership;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationCommand.EndErasedInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeletion;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import io.guildhall.domain.user.UserCommand.EraseUser;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.FormerEmailErased;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserRejections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
class EraseUserTest {

    private final Decisions decisions = new Decisions()
            .given(acme("starter"), validatedUser(BOB, "bob@example.com"))
            .given(token(TOKEN, BOB), token(id("ada's"), ADA));

    @Test
    void forgetsThePersonFreesTheAddressAndEndsTheSessions() {
        decisions
                .given(signedIn(BOB, SESSION, NOW.plusSeconds(60)))
                .when(new EraseUser(BOB, List.of(), List.of()), by(BOB))
                .expectEvents(
                        new SignInEnded(BOB, SESSION, "ERASED"),
                        new UserErased(BOB, hashed("bob@example.com")),
                        new EmailReleased(hashed("bob@example.com"), BOB));
        assertThat(decisions.personalData().hasForgotten(BOB)).isTrue();
        assertThat(decisions.personalData().hasForgotten(ADA)).isFalse();
        assertThat(decisions.personalData().forgottenAddresses()).containsExactly(hashed("bob@example.com"));
    }

    @Test
    void endsTheUnansweredInvitationsToTheAddressInTheSameAct() {
        UUID answered = id("answered");
        decisions
                .given(invited(INVITATION, "bob@example.com"), invited(answered, "bob@example.com"))
                .given(new InvitationDeclined(ACME, answered, BOB))
                .when(
                        new EraseUser(
                                BOB,
                                List.of(),
                                List.of(
                                        new EraseUser.Invited(ACME, INVITATION),
                                        new EraseUser.Invited(ACME, answered))),
                        by(BOB))
                .expectEvents(
                        new InvitationRevoked(ACME, INVITATION),
                        new UserErased(BOB, hashed("bob@example.com")),
                        new EmailReleased(hashed("bob@example.com"), BOB));
        decisions.when(new EndErasedInvitation(ACME, INVITATION)).expectSilence();
    }

    @Test
    void isFollowedByTheEndOfInvitationsThatWereSentMeanwhile() {
        decisions
                .given(invited(INVITATION, "bob@example.com"), new UserErased(BOB, hashed("bob@example.com")))
                .when(new EndErasedInvitation(ACME, INVITATION))
                .expectEvents(new InvitationRevoked(ACME, INVITATION));
    }

    @Test
    void refusesAPersonWhoIsAMemberStill() {
        decisions
                .given(joined(ACME, BOB))
                .when(new EraseUser(BOB, List.of(ACME), List.of()), by(BOB))
                .expectRejection(UserRejections.STILL_A_MEMBER);
        assertThat(decisions.personalData().hasForgotten(BOB)).isFalse();
    }

    @Test
    void letsAnOperatorEraseAMemberAndEndsTheMembershipAndTheTokensInTheSameAct() {
        decisions
                .given(joined(ACME, BOB))
                .when(new EraseUser(BOB, List.of(ACME), List.of()), byOperator())
                .expectEvents(
                        new MemberRemoved(ACME, membership(ACME, BOB), BOB),
                        new TokenDeactivated(ACME, TOKEN, BOB, "ERASED"),
                        new OrganizationLeft(BOB, ACME),
                        new UserErased(BOB, hashed("bob@example.com")),
                        new EmailReleased(hashed("bob@example.com"), BOB));
    }

    /** An organization without members is deleted, even if it is locked (R16, R22). */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beginsTheDeletionOfAnOrganizationThatHasNobodyLeft(boolean locked) {
        decisions
                .given(locked ? List.of(new OrganizationLocked(ACME, "Unpaid")) : List.of())
                .given(new TokenRevoked(ACME, TOKEN, BOB, "REVOKED"), invited(INVITATION, "dan@example.com"))
                .when(new EraseUser(ADA, List.of(ACME), List.of()), byOperator())
                .expectEvents(
                        new MemberRemoved(ACME, membership(ACME, ADA), ADA),
                        new TokenDeactivated(ACME, id("ada's"), ADA, "ERASED"),
                        new DeactivationStarted(ACME, "LAST_MEMBER_ERASED"),
                        new TokenRevoked(ACME, id("ada's"), ADA, "DEACTIVATION"),
                        new OrganizationDeactivated(ACME),
                        new DeletionStarted(ACME),
                        new InvitationRevoked(ACME, INVITATION),
                        new OrganizationLeft(ADA, ACME),
                        new UserErased(ADA, hashed("ada@example.com")),
                        new EmailReleased(hashed("ada@example.com"), ADA));
        decisions
                .when(new CompleteDeletion(ACME))
                .expectEvents(new OrganizationDeleted(ACME, "acme"), new NameReleased("acme", ACME));
    }

    @Test
    void leavesADeletionUnderWayToGoOn() {
        decisions
                .given(deactivated(), new DeletionStarted(ACME))
                .when(new EraseUser(ADA, List.of(ACME), List.of()), byOperator())
                .expectEvents(
                        new MemberRemoved(ACME, membership(ACME, ADA), ADA),
                        new TokenDeactivated(ACME, id("ada's"), ADA, "ERASED"),
                        new OrganizationLeft(ADA, ACME),
                        new UserErased(ADA, hashed("ada@example.com")),
                        new EmailReleased(hashed("ada@example.com"), ADA));
    }

    /** Erased by a version that did not end memberships. */
    @Test
    void endsMembershipsThatAnErasedPersonStillHas() {
        decisions
                .given(joined(ACME, BOB), new TokenDeactivated(ACME, TOKEN, BOB, "ERASED"))
                .given(new UserErased(BOB, hashed("bob@example.com")))
                .when(new EraseUser(BOB, List.of(ACME), List.of()), byOperator())
                .expectEvents(new MemberRemoved(ACME, membership(ACME, BOB), BOB), new OrganizationLeft(BOB, ACME));
    }

    @Test
    void refusesAnOperatorWhoHasOverlookedAnOrganization() {
        decisions
                .given(joined(ACME, BOB))
                .when(new EraseUser(BOB, List.of(), List.of()), byOperator())
                .expectRejection(UserRejections.STILL_A_MEMBER);
    }

    @Test
    void staysSilentTheSecondTimeAndLeavesTheAddressToWhoHasItNow() {
        decisions
                .given(new UserErased(BOB, hashed("bob@example.com")))
                .given(new EmailReleased(hashed("bob@example.com"), BOB))
                .given(new EmailClaimed(hashed("bob@example.com"), CAROL))
                .when(new EraseUser(BOB, List.of(), List.of()), byOperator())
                .expectSilence();
        assertThat(decisions.personalData().forgottenAddresses()).isEmpty();
    }

    @Test
    void forgetsTheAddressesThatThePersonHadBeforeUnlessSomebodyElseHasThemNow() {
        decisions
                .given(moved("bob@example.com", "robert@example.com"), moved("robert@example.com", "rob@example.com"))
                .given(new EmailClaimed(hashed("bob@example.com"), CAROL))
                .when(new EraseUser(BOB, List.of(), List.of()), by(BOB))
                .expectEvents(
                        new FormerEmailErased(BOB, hashed("robert@example.com")),
                        new UserErased(BOB, hashed("rob@example.com")),
                        new EmailReleased(hashed("rob@example.com"), BOB));
        assertThat(decisions.personalData().forgottenAddresses())
                .containsExactlyInAnyOrder(hashed("robert@example.com"), hashed("rob@example.com"));
    }

    @Test
    void refusesAnOrganizationNobodyFounded() {
        decisions
                .when(new EraseUser(BOB, List.of(GLOBEX), List.of()), byOperator())
                .expectRejection(OrganizationRejections.NO_SUCH_ORGANIZATION);
    }

    private static List<Object> moved(String from, String to) {
        return List.of(
                new EmailReleased(hashed(from), BOB),
                new EmailClaimed(hashed(to), BOB),
                new EmailChanged(BOB, sealed(BOB, to), hashed(to)));
    }
}
