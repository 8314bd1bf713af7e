package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links in mails that invite (R11 to R14). */
class InvitationLinksTest extends AcceptanceTestBase {

    /** Invited persons see their invitations before they are members (R14). */
    @Test
    void showWhoInvitesToWhatAndNothingElse() {
        TestUser creator = client.newcomer().creator("starter");
        String address = Client.unusedEmail();
        creator.invite(address);

        Reply preview = client.get("/v1/invitation_links/" + link(address, 1)).ok();

        assertThat(preview.json().propertyNames()).containsExactly("invitation_link");
        assertThat(preview.at("invitation_link").propertyNames())
                .containsExactlyInAnyOrder("organization_name", "inviter_name");
        assertThat(preview.text("invitation_link.inviter_name")).isEqualTo(creator.name());
    }

    /** Resending renews an invitation and ends its former link (R12). */
    @Test
    void dieWhenTheInvitationIsSentAgain() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = client.signUp(Client.unusedEmail());
        String invitation = creator.invite(guest.email());
        String before = creator.client()
                .get("/v1/organization_invitations/" + invitation)
                .ok()
                .text("invitation.expires_at");
        String first = link(guest.email(), 1);

        String after = resend(creator, invitation).ok().text("invitation.expires_at");

        String second = link(guest.email(), 2);
        assertThat(after).isGreaterThan(before);
        client.get("/v1/invitation_links/" + first).refused(404);
        guest.accept(first).refused(404);
        Reply tooSoon = resend(creator, invitation).refused(429);
        assertThat(tooSoon.header("Retry-After")).isPresent();
        guest.accept(second).ok();
        assertThat(client.get("/v1/invitation_links/" + first).refused(404).message())
                .contains("the link in the latest mail");
    }

    @Test
    void sayWhatBecameOfTheInvitation() {
        TestUser creator = client.newcomer().creator("pro");
        TestUser guest = client.newcomer();
        creator.invite(guest.email());
        String accepted = link(guest.email(), 1);
        guest.accept(accepted).ok();
        String revokedAddress = Client.unusedEmail();
        String invitation = creator.invite(revokedAddress);
        String revoked = link(revokedAddress, 1);
        creator.client().delete("/v1/organization_invitations/" + invitation).ok();
        TestUser unwilling = client.newcomer();
        creator.invite(unwilling.email());
        String declined = link(unwilling.email(), 1);
        decline(unwilling, declined).ok();

        assertThat(preview(accepted).refused(400).message()).contains("was accepted");
        assertThat(preview(declined).refused(400).message()).contains("was declined");
        assertThat(preview(revoked).refused(404).message()).contains("was revoked");
        assertThat(client.newcomer().accept(revoked).refused(404).message()).contains("was revoked");
    }

    @Test
    void tellOthersThatTheInvitationWasSentElsewhereButNotToWhom() {
        TestUser creator = client.newcomer().creator("starter");
        String address = Client.unusedEmail();
        String invitation = creator.invite(address);
        String link = link(address, 1);
        TestUser eve = client.newcomer();

        for (Reply told : List.of(
                eve.accept(link),
                decline(eve, link),
                eve.client().get("/v1/account/organization_invitations/" + link))) {
            assertThat(told.refused(400).message()).contains("another address");
            assertThat(told.body()).doesNotContain(address);
        }
        eve.accept(invitation).refused(404);
        decline(eve, invitation).refused(404);
        eve.client().get("/v1/account/organization_invitations/" + invitation).refused(404);
    }

    @Test
    void makeAMemberOnceAndCannotBeRevokedAfterwards() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = client.newcomer();
        String invitation = creator.invite(guest.email());
        guest.accept(invitation).ok();
        guest.accept(invitation).ok();

        assertThat(creator.client()
                        .delete("/v1/organization_invitations/" + invitation)
                        .refused(400)
                        .message())
                .contains("remove the member");
        creator.remove(guest.in(creator.organization()).membership()).ok();
        assertThat(guest.accept(invitation).refused(400).message()).contains("Ask a member");
    }

    private Reply preview(String link) {
        return client.get("/v1/invitation_links/" + link);
    }

    private static Reply decline(TestUser testUser, String invitation) {
        return testUser.client().post("/v1/account/organization_invitations/" + invitation + "/decline");
    }

    /** An address has at most one pending invitation of an organization, and it expires (R11). */
    @Test
    void dieWhenTheInvitationIsTakenBack() {
        TestUser creator = client.newcomer().creator("starter");
        String address = Client.unusedEmail();
        String invitation = creator.invite(address);
        String link = link(address, 1);

        creator.client().delete("/v1/organization_invitations/" + invitation).ok();

        client.get("/v1/invitation_links/" + link).refused(404);
        creator.client().get("/v1/organization_invitations/" + invitation).refused(404);
        assertThat(TrailActivity.trail(creator.client()).getLast().verb()).isEqualTo("deleted");
        creator.invite(address);
    }

    /** R2, R14: who follows the link has shown whose address it is; looking changes nothing, accepting validates. */
    @Test
    void showTheInvitationToWhoHasNotValidatedTheAddress() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = client.signUp(Client.unusedEmail());
        String invitation = creator.invite(guest.email());
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

    private static boolean validated(TestUser testUser) {
        return testUser.client()
                .get("/v1/account/profile")
                .ok()
                .at("user.email_validated")
                .booleanValue();
    }

    /** R2: a link proves the address that it was sent to, and no other. */
    @Test
    void proveNobodyElsesAddress() {
        TestUser creator = client.newcomer().creator("starter");
        String address = Client.unusedEmail();
        creator.invite(address);
        String link = link(address, 1);
        TestUser eve = client.signUp(Client.unusedEmail());

        eve.accept(link).refused(400);
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

    /** Invited persons see their invitations before they are members (R14). */
    @Test
    void areNotNeededToSeeOnesInvitations() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = client.newcomer();
        String invitation = creator.invite(guest.email());

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
                .isEqualTo(creator.organization());
        assertThat(guest.client()
                        .get("/v1/account/organization_invitations/" + link(guest.email(), 1))
                        .ok()
                        .text("invitation.id"))
                .isEqualTo(invitation);
    }

    private String link(String address, int nth) {
        return client.mailbox().link(address, Mailbox.INVITATION, nth).id();
    }

    private static Reply resend(TestUser member, String invitation) {
        return member.client().post("/v1/organization_invitations/" + invitation + "/resend");
    }
}
