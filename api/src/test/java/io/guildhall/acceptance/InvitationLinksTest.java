package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links in mails that invite (R11 to R14). */
class InvitationLinksTest extends Served {

    /** R14. */
    @Test
    void showWhoInvitesToWhatAndNothingElse() {
        Person founder = client.newcomer().founder("starter");
        String address = Client.unusedEmail();
        founder.invite(address);

        Reply preview = client.get("/v1/invitation_links/" + link(address, 1)).ok();

        assertThat(preview.json().propertyNames()).containsExactly("invitation_link");
        assertThat(preview.at("invitation_link").propertyNames())
                .containsExactlyInAnyOrder("organization_name", "inviter_name");
        assertThat(preview.text("invitation_link.inviter_name")).isEqualTo(founder.name());
    }

    /** R12. */
    @Test
    void dieWhenTheInvitationIsSentAgain() {
        Person founder = client.newcomer().founder("starter");
        Person guest = client.signUp(Client.unusedEmail());
        String invitation = founder.invite(guest.email());
        String before = founder.client()
                .get("/v1/organization_invitations/" + invitation)
                .ok()
                .text("invitation.expires_at");
        String first = link(guest.email(), 1);

        String after = resend(founder, invitation).ok().text("invitation.expires_at");

        String second = link(guest.email(), 2);
        assertThat(after).isGreaterThan(before);
        client.get("/v1/invitation_links/" + first).refused(404);
        guest.accept(first).refused(404);
        Reply tooSoon = resend(founder, invitation).refused(429);
        assertThat(tooSoon.header("Retry-After")).isPresent();
        guest.accept(second).ok();
        client.get("/v1/invitation_links/" + second).refused(404);
    }

    /** R11. */
    @Test
    void dieWhenTheInvitationIsTakenBack() {
        Person founder = client.newcomer().founder("starter");
        String address = Client.unusedEmail();
        String invitation = founder.invite(address);
        String link = link(address, 1);

        founder.client().delete("/v1/organization_invitations/" + invitation).ok();

        client.get("/v1/invitation_links/" + link).refused(404);
        founder.client().get("/v1/organization_invitations/" + invitation).refused(404);
        assertThat(Line.trail(founder.client()).getLast().verb()).isEqualTo("deleted");
        founder.invite(address);
    }

    /** R2, R14: who follows the link has shown whose address it is; looking changes nothing, accepting validates. */
    @Test
    void showTheInvitationToWhoHasNotValidatedTheAddress() {
        Person founder = client.newcomer().founder("starter");
        Person guest = client.signUp(Client.unusedEmail());
        String invitation = founder.invite(guest.email());
        String link = link(guest.email(), 1);

        guest.client().get("/v1/account/organization_invitations/" + invitation).refused(404);
        for (String path : new String[] {"/v1/account/organization_invitations/", "/v1/organization_invitations/"}) {
            assertThat(guest.client().get(path + link).ok().text("invitation.id"))
                    .isEqualTo(invitation);
        }
        assertThat(validated(guest)).isFalse();

        guest.accept(link).ok();

        assertThat(validated(guest)).isTrue();
    }

    private static boolean validated(Person person) {
        return person.client()
                .get("/v1/account/profile")
                .ok()
                .at("user.email_validated")
                .booleanValue();
    }

    /** R2: a link proves the address that it was sent to, and no other. */
    @Test
    void proveNobodyElsesAddress() {
        Person founder = client.newcomer().founder("starter");
        String address = Client.unusedEmail();
        founder.invite(address);
        String link = link(address, 1);
        Person eve = client.signUp(Client.unusedEmail());

        eve.accept(link).refused(404);
        Reply signedUp = client.post(
                "/v1/account/signup",
                Map.of(
                        "email",
                        Client.unusedEmail(),
                        "password",
                        Client.PASSWORD,
                        "name",
                        "Eve",
                        "invitation_link",
                        link));

        for (String session :
                new String[] {eve.session(), signedUp.isOk() ? signedUp.text("token.id") : eve.session()}) {
            assertThat(client.as(session)
                            .get("/v1/account/profile")
                            .ok()
                            .at("user.email_validated")
                            .booleanValue())
                    .isFalse();
            assertThat(client.as(session)
                            .get("/v1/account/organization_invitations")
                            .ok()
                            .at("count")
                            .intValue())
                    .isZero();
        }
    }

    /** R14. */
    @Test
    void areNotNeededToSeeOnesInvitations() {
        Person founder = client.newcomer().founder("starter");
        Person guest = client.newcomer();
        String invitation = founder.invite(guest.email());

        assertThat(guest.client()
                        .get("/v1/account/organization_invitations")
                        .ok()
                        .texts("invitations", "id"))
                .containsExactly(invitation);
        assertThat(guest.client()
                        .get("/v1/organization_invitations?user_id=" + guest.id())
                        .ok()
                        .texts("invitations", "id"))
                .containsExactly(invitation);
        assertThat(guest.client()
                        .get("/v1/organization_invitations/" + invitation)
                        .ok()
                        .text("invitation.organization.id"))
                .isEqualTo(founder.organization());
        assertThat(guest.client()
                        .get("/v1/account/organization_invitations/" + link(guest.email(), 1))
                        .ok()
                        .text("invitation.id"))
                .isEqualTo(invitation);
    }

    private String link(String address, int nth) {
        return client.mailbox().link(address, Mailbox.INVITATION, nth).id();
    }

    private static Reply resend(Person member, String invitation) {
        return member.client().post("/v1/organization_invitations/" + invitation + "/resend");
    }
}
