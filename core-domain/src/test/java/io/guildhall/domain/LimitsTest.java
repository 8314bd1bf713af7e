package io.guildhall.domain;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.RemoveAnsweredInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.token.TokenRejections;
import io.guildhall.domain.user.UserCommand.UpdateProfile;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserRejections;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Limits bound the state of aggregates. */
class LimitsTest {

    private static final Limits TWO = new Limits(2, 2, 2, 2);

    private final Decisions decisions = new Decisions(TWO, 7).at(NOW);

    private static IssueToken issue(String name) {
        return new IssueToken(ACME, id(name), ADA, "USER", "deploy", "", "hash", null, null, null);
    }

    private static InviteMember invite(String person) {
        return new InviteMember(
                ACME, id("invitation of " + person), person + "@example.com", ADA, id("link " + person));
    }

    @Test
    void anOrganizationHasAsManyTokensAsTheLimitSays() {
        decisions
                .given(acme("starter"), token(id("first"), ADA), token(id("second"), ADA))
                .when(issue("third"), by(ADA))
                .expectRejection(TokenRejections.tooManyTokens(2));
    }

    @Test
    void aNewTokenTakesThePlaceOfTheOldestThatNoLongerWorks() {
        List<Object> events = decisions
                .given(acme("starter"), token(id("first"), ADA), token(id("of bob"), BOB))
                .given(new TokenDeactivated(ACME, id("of bob"), BOB, "MEMBERSHIP_ENDED"))
                .when(issue("third"), by(ADA))
                .events();

        assertThat(events).hasSize(2).startsWith(new TokenRevoked(ACME, id("of bob"), BOB, "LIMIT"));
        assertThat(events.getLast()).isInstanceOf(TokenIssued.class);
    }

    @Test
    void anExpiredTokenMakesRoomToo() {
        assertThat(decisions
                        .given(acme("starter"), token(id("first"), ADA, NOW.plusSeconds(1)), token(id("second"), ADA))
                        .at(NOW.plusSeconds(1))
                        .when(issue("third"), by(ADA))
                        .events())
                .startsWith(new TokenRevoked(ACME, id("first"), ADA, "LIMIT"));
    }

    @Test
    void anOrganizationHasAsManyPendingInvitationsAsTheLimitSays() {
        decisions
                .given(
                        acme("enterprise"),
                        invited(id("first"), "a@example.com"),
                        invited(id("second"), "b@example.com"))
                .when(invite("carol"), by(ADA))
                .expectRejection(InvitationRejections.tooManyInvitations(2));
    }

    @Test
    void aNewInvitationTakesThePlaceOfTheOldestExpiredOne() {
        Instant later = NOW.plus(LIFETIMES.invitation());
        List<Object> events = decisions
                .given(
                        acme("enterprise"),
                        invited(id("first"), "a@example.com"),
                        invited(id("second"), "b@example.com"))
                .at(later)
                .when(invite("carol"), by(ADA))
                .events();

        assertThat(events).hasSize(2).startsWith(new InvitationRevoked(ACME, id("first")));
        assertThat(events.getLast()).isInstanceOf(MemberInvited.class);
    }

    /** The limit may have been lowered since the invitations were made. */
    @Test
    void anExpiredInvitationIsNotResentBeyondTheLimit() {
        decisions
                .given(
                        acme("enterprise"),
                        invited(id("first"), "a@example.com"),
                        new InvitationResent(ACME, id("first"), LINK, NOW.plusSeconds(1)),
                        invited(id("second"), "b@example.com"),
                        invited(id("third"), "c@example.com"))
                .at(NOW.plusSeconds(1))
                .when(new ResendInvitation(ACME, id("first"), id("newer link")), by(ADA))
                .expectRejection(InvitationRejections.tooManyInvitations(2));
    }

    @Test
    void aUserHasAsManySessionsAsTheLimitSays() {
        decisions
                .given(validatedUser(ADA, "ada@example.com"))
                .when(start("first"))
                .isSuccess();
        decisions.when(start("second")).isSuccess();
        decisions.when(start("third")).expectRejection(UserRejections.tooManySessions(2));
        assertThat(decisions
                        .at(NOW.plus(Duration.ofDays(1)))
                        .when(start("third"))
                        .isSuccess())
                .as("expired sessions do not count")
                .isTrue();
    }

    private static StartSession start(String session) {
        return new StartSession(
                ADA,
                new SessionDescriptor(id(session), session, Duration.ofDays(1), null),
                null,
                null,
                "LOGIN",
                null,
                null);
    }

    @Test
    void aUserHasHadAHundredOtherAddressesAtMost() {
        decisions.given(validatedUser(ADA, "ada@example.com"));
        decisions.given(IntStream.rangeClosed(1, 100)
                .<Object>mapToObj(n -> changed(n + "@example.com"))
                .toList());
        decisions.when(toAddress("101@example.com")).expectRejection(UserRejections.tooManyFormerAddresses(100));
    }

    private static EmailChanged changed(String email) {
        return new EmailChanged(ADA, sealed(ADA, email), hashed(email));
    }

    private static UpdateProfile toAddress(String email) {
        return new UpdateProfile(ADA, null, email, LINK, true, null, PASSWORD, null, null);
    }

    @Test
    void anAnsweredInvitationThatTheOrganizationNoLongerKnowsCanBeTakenOffTheLists() {
        decisions.given(acme("enterprise")).given(answered(300));

        decisions
                .when(new AcceptInvitation(ACME, answeredId(0), BOB, id("membership"), null))
                .expectRejection(InvitationRejections.NO_SUCH_INVITATION);
        var remove = new RemoveAnsweredInvitation(ACME, answeredId(0));
        decisions.when(remove, by(ADA)).expectEvents(new InvitationRevoked(ACME, answeredId(0)));
        decisions.when(remove, by(ADA)).expectSilence();
    }

    @Test
    void oneOfTheLatestAnsweredInvitationsIsKnown() {
        decisions.given(acme("enterprise")).given(answered(300));

        decisions
                .when(new AcceptInvitation(ACME, answeredId(299), BOB, id("membership"), null))
                .expectRejection(InvitationRejections.MEMBERSHIP_ENDED);
    }

    private static List<Object> answered(int many) {
        return IntStream.range(0, many)
                .boxed()
                .<Object>mapMulti((n, facts) -> {
                    facts.accept(invited(answeredId(n), "bob@example.com"));
                    facts.accept(new InvitationAccepted(ACME, answeredId(n), BOB));
                })
                .toList();
    }

    private static UUID answeredId(int n) {
        return id("answered " + n);
    }
}
