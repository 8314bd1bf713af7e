package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.shared.RecentIds;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an organization has forgotten of its history is answered as it was before. */
class RepeatedCommandsTest extends AcceptanceTestBase {

    private final GeneratedHistory history;

    RepeatedCommandsTest(@Autowired EventStore events, @Autowired TransactionManager transactions) {
        history = new GeneratedHistory(events, transactions);
    }

    @Test
    void isAnsweredAsItWasAtOnce() {
        TestUser owner = client.newcomer().creator("starter");
        TestUser guest = client.newcomer();
        String invitation = owner.invite(guest.email());
        guest.accept(invitation).ok();
        String membership = guest.in(owner.organization()).membership();
        owner.remove(membership).ok();
        TestUser member = client.newcomer();
        String accepted = owner.invite(member.email());
        member.accept(accepted).ok();
        String token = owner.token("USER").id();
        owner.client().delete("/v1/credentials/" + token).ok();

        history.append("Organization", owner.organization(), others(UUID.fromString(owner.organization())));

        assertThat(member.accept(accepted).ok().text("invitation.status")).isEqualTo("ACCEPTED");
        assertThat(guest.accept(invitation).refused(400).message()).contains("your membership has ended since");
        owner.remove(membership).ok();
        owner.client().delete("/v1/credentials/" + token).ok();
        String path = "/v1/organization_invitations/" + invitation;
        assertThat(owner.client().post(path + "/resend").refused(400).message())
                .contains("This invitation was accepted");
        assertThat(owner.client().delete(path).refused(400).message()).contains("remove the member");
        owner.client().get(path).ok();
    }

    @Test
    void whatNeverWasIsNotFound() {
        TestUser owner = client.newcomer().creator("starter");

        owner.remove(UUID.randomUUID().toString()).refused(404);
        owner.client().delete("/v1/credentials/" + UUID.randomUUID()).refused(404);
        owner.client()
                .delete("/v1/organization_invitations/" + UUID.randomUUID())
                .refused(404);
        owner.accept(UUID.randomUUID().toString()).refused(404);
    }

    private static List<Object> others(UUID organization) {
        List<Object> facts = new ArrayList<>();
        Instant expires = Instant.now().plus(Duration.ofDays(7));
        for (int i = 0; i <= RecentIds.MAX_SIZE; i++) {
            UUID user = UUID.randomUUID();
            UUID invitation = UUID.randomUUID();
            UUID membership = UUID.randomUUID();
            UUID token = UUID.randomUUID();
            facts.add(new MemberInvited(
                    organization, invitation, "", user.toString(), null, UUID.randomUUID(), expires, "owner"));
            facts.add(new InvitationAccepted(organization, invitation, user));
            facts.add(new MemberJoined(organization, membership, user, "owner"));
            facts.add(new TokenIssued(
                    organization, token, user, "USER", null, null, token.toString(), null, null, null, null));
            facts.add(new MemberRemoved(organization, membership, user));
            facts.add(new TokenRevoked(organization, token, user, "REVOKED"));
        }
        return facts;
    }
}
