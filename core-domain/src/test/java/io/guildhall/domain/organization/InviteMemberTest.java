package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import io.guildhall.domain.user.UserRejections;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Members plus pending invitations never exceed the plan's seats (R9); an address has at most one pending invitation
 * of an organization, and it expires (R11).
 */
class InviteMemberTest {

    private static final UUID SECOND = id("second invitation");

    private final Decisions decisions = new Decisions().given(acme("starter"));

    @Test
    void invitesAnAddressThatNobodyHasAnUserFor() {
        decisions.when(invite("  Bob@Example.com "), by(ADA)).expectEvents(bobInvited());
    }

    @Test
    void invitesAnAddressThatSomebodyHasAnUserFor() {
        decisions
                .given(user(BOB, "bob@example.com"))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void invitesInTheNameOfAnOrganizationsToken() {
        decisions
                .given(token(TOKEN, ADA))
                .when(new InviteMember(ACME, SECOND, "bob@example.com", null, LINK), through(TOKEN, null))
                .expectEvents(new MemberInvited(
                        ACME,
                        SECOND,
                        sealed(SECOND, "bob@example.com"),
                        hashed("bob@example.com"),
                        null,
                        LINK,
                        NOW.plus(LIFETIMES.invitation()),
                        "owner"));
    }

    @Test
    void refusesWhatIsNoAddress() {
        decisions.when(invite("bob"), by(ADA)).expectRejection(UserRejections.EMAIL_MALFORMED);
    }

    @Test
    void refusesASecondPendingInvitationOfAnAddress() {
        decisions
                .given(invited(INVITATION, "bob@example.com"))
                .when(invite("BOB@example.com"), by(ADA))
                .expectRejection(InvitationRejections.ALREADY_INVITED);
    }

    @Test
    void invitesAgainFromTheMomentOfTheFirstOnesExpiry() {
        decisions
                .given(invited(INVITATION, "bob@example.com"))
                .at(NOW.plus(LIFETIMES.invitation()))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(new MemberInvited(
                        ACME,
                        SECOND,
                        sealed(SECOND, "bob@example.com"),
                        hashed("bob@example.com"),
                        ADA,
                        LINK,
                        NOW.plus(LIFETIMES.invitation()).plus(LIFETIMES.invitation()),
                        "owner"));
    }

    @Test
    void invitesAgainWhoHasDeclined() {
        decisions
                .given(invited(INVITATION, "bob@example.com"), new InvitationDeclined(ACME, INVITATION, BOB))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void invitesAgainWhoseInvitationWasRevoked() {
        decisions
                .given(invited(INVITATION, "bob@example.com"), new InvitationRevoked(ACME, INVITATION))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void invitesAgainWhoWasAMember() {
        decisions
                .given(user(BOB, "bob@example.com"), invited(INVITATION, "bob@example.com"))
                .given(new InvitationAccepted(ACME, INVITATION, BOB), joined(ACME, BOB), removed(ACME, BOB))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void refusesAMember() {
        decisions
                .given(user(BOB, "bob@example.com"), joined(ACME, BOB))
                .when(invite("bob@example.com"), by(ADA))
                .expectRejection(InvitationRejections.ALREADY_A_MEMBER);
    }

    @Test
    void refusesAMemberWhoInvitesThemselves() {
        decisions.when(invite("ada@example.com"), by(ADA)).expectRejection(InvitationRejections.ALREADY_A_MEMBER);
    }

    @Test
    void invitesAnAddressThatAMemberHasGivenUp() {
        decisions
                .given(user(BOB, "bob@example.com"), joined(ACME, BOB))
                .given(new EmailReleased(hashed("bob@example.com"), BOB))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void takesTheLastSeat() {
        decisions
                .given(joined(ACME, CAROL))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void refusesWhenMembersAndPendingInvitationsTakeEverySeat() {
        decisions
                .given(joined(ACME, CAROL), invited(INVITATION, "dan@example.com"))
                .when(invite("bob@example.com"), by(ADA))
                .expectRejection(InvitationRejections.seatsExhausted("starter", 3));
    }

    @Test
    void refusesTheFirstInvitationOnAPlanWithOneSeat() {
        var exhausted = InvitationRejections.seatsExhausted("hobby", 1);
        new Decisions()
                .given(acme("hobby"))
                .when(invite("bob@example.com"), by(ADA))
                .expectRejection(exhausted);
        assertThat(exhausted.message()).contains("hobby", "1 seat,", "choose a plan with more seats");
    }

    @Test
    void hasNoLimitOnAPlanWithoutOne() {
        var many = new Decisions().given(acme("enterprise"));
        for (int number = 0; number < 60; number++) {
            many.given(invited(id("invitation " + number), number + "@example.com"));
        }
        many.when(invite("bob@example.com"), by(ADA)).expectEvents(bobInvited());
    }

    @Test
    void findsTheSeatsOfExpiredInvitationsFree() {
        decisions
                .given(invited(INVITATION, "carol@example.com"), invited(id("third"), "dan@example.com"))
                .given(new InvitationExpired(ACME, INVITATION))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void findsTheSeatOfADeclinedInvitationFree() {
        decisions
                .given(joined(ACME, CAROL), invited(INVITATION, "dan@example.com"))
                .given(new InvitationDeclined(ACME, INVITATION, id("dan")))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    @Test
    void findsTheSeatOfARemovedMemberFree() {
        decisions
                .given(joined(ACME, CAROL), invited(INVITATION, "dan@example.com"), removed(ACME, CAROL))
                .when(invite("bob@example.com"), by(ADA))
                .expectEvents(bobInvited());
    }

    private static InviteMember invite(String email) {
        return new InviteMember(ACME, SECOND, email, ADA, LINK);
    }

    private static MemberInvited bobInvited() {
        return invited(SECOND, "bob@example.com");
    }
}
