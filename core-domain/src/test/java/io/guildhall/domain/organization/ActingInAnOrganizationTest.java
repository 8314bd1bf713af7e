package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.membership.MembershipCommand.LeaveOrganization;
import io.guildhall.domain.membership.MembershipCommand.RemoveMember;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.OrganizationCommand.AnswerSignupQualification;
import io.guildhall.domain.organization.OrganizationCommand.ChangePlan;
import io.guildhall.domain.organization.OrganizationCommand.ConfirmDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.DeactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.DeleteOrganization;
import io.guildhall.domain.organization.OrganizationCommand.ReactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.RequestDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.SetActivityRetention;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenCommand.RevokeToken;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of a member checks the actor's current membership (R15), token (R17) and organization (R21, R23). */
class ActingInAnOrganizationTest {

    private static final UUID REVOKED = id("revoked token");
    private static final UUID EXPIRED = id("expired token");
    private static final UUID DEACTIVATED = id("deactivated token");
    private static final UUID FOREIGN = id("token of another organization");

    private final Decisions decisions = new Decisions()
            .given(acme("starter"), validatedUser(BOB, "bob@example.com"), joined(ACME, BOB))
            .given(invited(INVITATION, "dan@example.com"), token(TOKEN, ADA))
            .given(token(REVOKED, ADA), new TokenRevoked(ACME, REVOKED, ADA, "REVOKED"))
            .given(token(EXPIRED, ADA, NOW))
            .given(token(DEACTIVATED, BOB), removed(ACME, BOB))
            .given(new TokenDeactivated(ACME, DEACTIVATED, BOB, "MEMBERSHIP_ENDED"))
            .given(founded(GLOBEX, "globex", "hobby", CAROL))
            .given(new TokenIssued(
                    GLOBEX,
                    FOREIGN,
                    CAROL,
                    "ORGANIZATION",
                    sealed(CAROL, "deploy"),
                    sealed(CAROL, ""),
                    "sha256",
                    null,
                    null,
                    null,
                    null));

    static List<Object> whatNeedsAnActiveOrganization() {
        return List.of(
                new UpdateOrganization(ACME, "initech", Map.of()),
                new ChangePlan(ACME, "hobby"),
                new SetActivityRetention(ACME, 30L),
                new AnswerSignupQualification(ACME, "{}"),
                new InviteMember(ACME, id("new"), "eve@example.com", ADA, LINK),
                new ResendInvitation(ACME, INVITATION, id("newer link")),
                new RevokeInvitation(ACME, INVITATION),
                new IssueToken(ACME, id("new"), ADA, "USER", "deploy", "", "sha256", null, null, null),
                new EditToken(ACME, TOKEN, "release", null),
                new RevokeToken(ACME, TOKEN),
                new RequestDeactivation(ACME, LINK));
    }

    static List<Object> whatNeedsNoActiveOrganization() {
        return List.of(
                new UpdateOrganization(ACME, null, Map.of("city", "Paris")),
                new RemoveMember(ACME, membership(ACME, ADA)),
                new LeaveOrganization(ACME, membership(ACME, ADA)),
                new ConfirmDeactivation(ACME, LINK),
                new DeactivateOrganization(ACME),
                new ReactivateOrganization(ACME),
                new DeleteOrganization(ACME));
    }

    static Stream<Arguments> everyCommandOfAMemberByWhoeverIsNone() {
        List<MetaData> strangers = List.of(
                by(CAROL),
                by(BOB),
                through(REVOKED, ADA),
                through(EXPIRED, ADA),
                through(DEACTIVATED, BOB),
                through(DEACTIVATED, null),
                through(FOREIGN, null),
                through(FOREIGN, CAROL),
                through(TOKEN, BOB),
                through(id("made up"), ADA),
                inSessionOf(REVOKED, ADA),
                inSessionOf(EXPIRED, ADA),
                inSessionOf(DEACTIVATED, BOB),
                inSessionOf(FOREIGN, ADA),
                ActorContext.byUser(null, null, "a-request").toMetaData());
        return Stream.concat(whatNeedsAnActiveOrganization().stream(), whatNeedsNoActiveOrganization().stream())
                .flatMap(command -> strangers.stream().map(actor -> Arguments.of(command, actor)));
    }

    @ParameterizedTest
    @MethodSource("everyCommandOfAMemberByWhoeverIsNone")
    void isRefusedToWhoeverIsNoMember(Object command, MetaData actor) {
        decisions.when(command, actor).expectRejection(MembershipRejections.NOT_A_MEMBER);
    }

    @ParameterizedTest
    @MethodSource("whatNeedsAnActiveOrganization")
    void isRefusedWhileDeactivated(Object command) {
        refuses(command, OrganizationRejections.TOKEN_REJECTED, deactivated());
    }

    @ParameterizedTest
    @MethodSource("whatNeedsAnActiveOrganization")
    void isRefusedWhileLocked(Object command) {
        refuses(command, OrganizationRejections.LOCKED, new OrganizationLocked(ACME, "Unpaid"));
    }

    @ParameterizedTest
    @MethodSource("whatNeedsAnActiveOrganization")
    void isRefusedDuringADeletion(Object command) {
        refuses(command, OrganizationRejections.NO_SUCH_ORGANIZATION, deactivated(), new DeletionStarted(ACME));
    }

    @ParameterizedTest
    @MethodSource({"whatNeedsAnActiveOrganization", "whatNeedsNoActiveOrganization"})
    void isRefusedAfterADeletion(Object command) {
        refuses(
                command,
                OrganizationRejections.NO_SUCH_ORGANIZATION,
                deactivated(),
                new DeletionStarted(ACME),
                removed(ACME, ADA),
                new OrganizationDeleted(ACME, "acme"));
    }

    @Test
    void isPossibleInASessionOfAnApiTokenThatWorks() {
        decisions
                .when(new EditToken(ACME, TOKEN, "release", null), inSessionOf(TOKEN, ADA))
                .events();
    }

    private void refuses(Object command, Rejection reason, Object... since) {
        decisions.given(since).when(command, by(ADA)).expectRejection(reason);
    }
}
