package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserRejections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A user needs a validated address (R2) and at most 5 memberships (R6); members plus pending invitations never exceed
 * the plan's seats (R9); accepting needs the invited address (R13); joining again reactivates API tokens (R17).
 */
class AcceptInvitationTest {

    private static final UUID SEAT = id("the new membership");

    private final Decisions decisions = new Decisions()
            .given(acme("starter"), invited(INVITATION, "bob@example.com"))
            .given(validatedUser(CAROL, "carol@example.com"));

    @Test
    void makesAMemberOfBothSides() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .when(accept(BOB, null), by(BOB))
                .expectEvents(
                        new OrganizationJoined(BOB, ACME),
                        new InvitationAccepted(ACME, INVITATION, BOB),
                        new MemberJoined(ACME, SEAT, BOB, "owner"));
    }

    @Test
    void staysSilentTheSecondTime() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB))
                .when(accept(BOB, null), by(BOB))
                .expectSilence();
    }

    @Test
    void doesNotLetARemovedMemberInAgainByTheOldInvitation() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB), removed(ACME, BOB))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(InvitationRejections.MEMBERSHIP_ENDED);
    }

    @Test
    void doesNotExistForAnotherUser() {
        decisions.when(accept(CAROL, null), by(CAROL)).expectRejection(InvitationRejections.NO_SUCH_INVITATION);
    }

    @Test
    void tellsWhoHoldsTheLinkThatItWasSentToAnotherAddress() {
        decisions.when(accept(CAROL, LINK), by(CAROL)).expectRejection(InvitationRejections.SENT_TO_ANOTHER_ADDRESS);
    }

    @Test
    void isForNobodyElseThanTheHolderOfTheAddress() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .given(new EmailReleased(hashed("bob@example.com"), BOB))
                .given(new EmailClaimed(hashed("robert@example.com"), BOB))
                .given(new EmailChanged(BOB, "sealed", hashed("robert@example.com")))
                .when(accept(BOB, LINK), by(BOB))
                .expectRejection(InvitationRejections.SENT_TO_ANOTHER_ADDRESS);
    }

    @Test
    void refusesAnInvitationNobodyMade() {
        decisions
                .when(new AcceptInvitation(ACME, id("another"), CAROL, SEAT, null), by(CAROL))
                .expectRejection(InvitationRejections.NO_SUCH_INVITATION);
    }

    @Test
    void refusesAnOrganizationNobodyFounded() {
        decisions
                .when(new AcceptInvitation(GLOBEX, INVITATION, CAROL, SEAT, null), by(CAROL))
                .expectRejection(OrganizationRejections.NO_SUCH_ORGANIZATION);
    }

    @Test
    void needsAValidatedAddress() {
        decisions
                .given(user(BOB, "bob@example.com"))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(UserRejections.EMAIL_NOT_VALIDATED);
    }

    @Test
    void validatesTheAddressWhenTheLinkWasFollowed() {
        decisions
                .given(user(BOB, "bob@example.com"))
                .when(accept(BOB, LINK), by(BOB))
                .expectEventsInAnyOrder(
                        new EmailValidated(BOB, hashed("bob@example.com"), "INVITATION"),
                        new InvitationAccepted(ACME, INVITATION, BOB),
                        new MemberJoined(ACME, SEAT, BOB, "owner"),
                        new OrganizationJoined(BOB, ACME));
    }

    @Test
    void takesALinkThatWasReplacedForNoProof() {
        decisions
                .given(user(BOB, "bob@example.com"))
                .given(new InvitationResent(ACME, INVITATION, id("new link"), NOW.plusSeconds(60)))
                .when(accept(BOB, LINK), by(BOB))
                .expectRejection(UserRejections.EMAIL_NOT_VALIDATED);
    }

    @Test
    void worksUntilTheLastMoment() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .at(NOW.plus(LIFETIMES.invitation()).minusNanos(1))
                .when(accept(BOB, null), by(BOB))
                .expectEvents(
                        new OrganizationJoined(BOB, ACME),
                        new InvitationAccepted(ACME, INVITATION, BOB),
                        new MemberJoined(ACME, SEAT, BOB, "owner"));
    }

    @Test
    void refusesFromTheMomentOfItsExpiry() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .at(NOW.plus(LIFETIMES.invitation()))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(InvitationRejections.EXPIRED);
    }

    @Test
    void refusesWhatHasExpired() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .given(new InvitationExpired(ACME, INVITATION))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(InvitationRejections.EXPIRED);
    }

    @Test
    void refusesWhatWasDeclined() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .given(new InvitationDeclined(ACME, INVITATION, BOB))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(InvitationRejections.noLongerPending("declined"));
    }

    @Test
    void refusesWhatWasRevoked() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .given(new InvitationRevoked(ACME, INVITATION))
                .when(accept(BOB, LINK), by(BOB))
                .expectRejection(InvitationRejections.NO_SUCH_INVITATION);
    }

    @Test
    void refusesWhoIsAMemberUnderAnotherAddressAlready() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"), joined(ACME, BOB))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(InvitationRejections.ALREADY_A_MEMBER);
    }

    @Test
    void makesAFifthMembership() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"), memberships(4))
                .when(accept(BOB, null), by(BOB))
                .expectEvents(
                        new OrganizationJoined(BOB, ACME),
                        new InvitationAccepted(ACME, INVITATION, BOB),
                        new MemberJoined(ACME, SEAT, BOB, "owner"));
    }

    @Test
    void refusesASixthMembership() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"), memberships(5))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(UserRejections.membershipLimitReached(5, CONTACT.value()));
    }

    @Test
    void makesASixthMembershipWhenTheLimitWasRaised() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"), memberships(5))
                .given(new MembershipLimitRaised(BOB, 6))
                .when(accept(BOB, null), by(BOB))
                .expectEvents(
                        new OrganizationJoined(BOB, ACME),
                        new InvitationAccepted(ACME, INVITATION, BOB),
                        new MemberJoined(ACME, SEAT, BOB, "owner"));
    }

    @Test
    void reactivatesThePersonsTokensButNotThoseRevokedOrExpiredMeanwhile() {
        UUID kept = id("kept");
        UUID revoked = id("revoked");
        UUID expired = id("expired");
        UUID carols = id("carol's");
        decisions
                .given(validatedUser(BOB, "bob@example.com"), joined(ACME, BOB), joined(ACME, CAROL))
                .given(token(kept, BOB), token(revoked, BOB), token(expired, BOB, NOW), token(carols, CAROL))
                .given(removed(ACME, BOB), removed(ACME, CAROL))
                .given(new TokenDeactivated(ACME, kept, BOB, "MEMBERSHIP_ENDED"))
                .given(new TokenDeactivated(ACME, revoked, BOB, "MEMBERSHIP_ENDED"))
                .given(new TokenDeactivated(ACME, expired, BOB, "MEMBERSHIP_ENDED"))
                .given(new TokenDeactivated(ACME, carols, CAROL, "MEMBERSHIP_ENDED"))
                .given(new TokenRevoked(ACME, revoked, BOB, "REVOKED"))
                .when(accept(BOB, null), by(BOB))
                .expectEvents(
                        new OrganizationJoined(BOB, ACME),
                        new InvitationAccepted(ACME, INVITATION, BOB),
                        new MemberJoined(ACME, SEAT, BOB, "owner"),
                        new TokenReactivated(ACME, kept, BOB));
    }

    @Test
    void neverFailsForWantOfASeat() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"), joined(ACME, CAROL))
                .when(accept(BOB, null), by(BOB))
                .expectEvents(
                        new OrganizationJoined(BOB, ACME),
                        new InvitationAccepted(ACME, INVITATION, BOB),
                        new MemberJoined(ACME, SEAT, BOB, "owner"));
    }

    @Test
    void refusesADeactivatedOrganization() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"), deactivated())
                .when(accept(BOB, null), by(BOB))
                .expectRejection(InvitationRejections.ORGANIZATION_NOT_JOINABLE);
    }

    @Test
    void refusesALockedOrganization() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"), new OrganizationLocked(ACME, "Unpaid"))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(InvitationRejections.ORGANIZATION_NOT_JOINABLE);
    }

    @Test
    void refusesAnErasedUser() {
        decisions
                .given(validatedUser(BOB, "bob@example.com"))
                .given(new UserErased(BOB, hashed("bob@example.com")))
                .when(accept(BOB, null), by(BOB))
                .expectRejection(UserRejections.NO_SUCH_USER);
    }

    private static AcceptInvitation accept(UUID user, @Nullable UUID link) {
        return new AcceptInvitation(ACME, INVITATION, user, SEAT, link);
    }

    private static List<OrganizationJoined> memberships(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new OrganizationJoined(BOB, id("organization " + number)))
                .toList();
    }
}
