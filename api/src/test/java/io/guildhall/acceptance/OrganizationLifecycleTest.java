package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deactivating, reactivating and deleting (R21, R22). */
class OrganizationLifecycleTest extends AcceptanceTestBase {

    @Test
    void takesAMembersRequestAndAnyMembersConfirmation() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        TestUser guest = creator.welcome(client.newcomer());
        TestUser.Token token = creator.token("ORGANIZATION");

        assertThat(deactivate(creator, organization, false).ok().text("organization.status"))
                .isEqualTo("ACTIVE");
        String link =
                client.mailbox().link(creator.email(), Mailbox.DEACTIVATION).id();
        String other =
                client.mailbox().link(guest.email(), Mailbox.DEACTIVATION).id();
        creator.client().get("/v1/activities").ok();
        guest.client().post("/v1/organization_confirmations/" + other).ok();
        await(creator, organization, "DEACTIVATED");

        for (Client rejected : List.of(creator.client(), guest.client())) {
            assertThat(rejected.get("/v1/activities").refused(401).message()).isEqualTo("Token rejected");
            assertThat(rejected.get("/v1/credentials").refused(401).message()).isEqualTo("Token rejected");
        }
        client.as(token.value()).get("/v1/activities").refused(401);
        assertThat(creator.client().get("/v1/account/organization").ok().text("organization.status"))
                .isEqualTo("DEACTIVATED");
        creator.pay(organization);
        client.post("/v1/organization_confirmations/" + link);

        creator.client()
                .post("/v1/organizations/" + organization + "/reactivate")
                .ok();
        assertThat(creator.client().get("/v1/account/organization").ok().text("organization.status"))
                .isEqualTo("ACTIVE");
        assertThat(creator.client()
                        .get("/v1/organization_members")
                        .ok()
                        .at("count")
                        .intValue())
                .isEqualTo(2);
        client.as(token.value()).get("/v1/activities").refused(401);
        assertThat(TrailActivity.trail(creator.client()))
                .extracting(TrailActivity::verb)
                .containsSubsequence("deactivating", "deleted", "deactivated", "reactivated");
    }

    /** Each link acts for the member to whom it was mailed, whoever calls, and ends with that membership. */
    @Test
    void mailsEachMemberALinkOfItsOwn() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        String name = client.as(creator.session())
                .get("/v1/organizations/" + organization)
                .ok()
                .text("organization.name");
        TestUser guest = creator.welcome(client.newcomer());
        TestUser removed = creator.welcome(client.newcomer());
        deactivate(creator, organization, false).ok();
        String own = confirmation(guest, 1);
        String lost = confirmation(removed, 1);
        creator.remove(removed.membership()).ok();

        for (Reply refused : List.of(
                client.get(lost).refused(400),
                client.delete(lost).refused(400),
                client.post(lost).refused(400))) {
            assertThat(refused.text("type")).isEqualTo("/problems/deactivation-link-no-longer-valid");
        }
        assertThat(creator.client().get(own).ok().text("organization_confirmation.organization_name"))
                .isEqualTo(name);
        creator.client().post(own).ok();
        await(creator, organization, "DEACTIVATED");

        creator.client()
                .post("/v1/organizations/" + organization + "/reactivate")
                .ok();
        assertThat(TrailActivity.trail(creator.client()))
                .filteredOn(trailActivity -> trailActivity.verb().equals("deactivating"))
                .extracting(TrailActivity::actor)
                .containsExactly(guest.id());
    }

    @Test
    void cancelsARequestByALinkThatConfirmsIt() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        TestUser guest = creator.welcome(client.newcomer());
        deactivate(creator, organization, false).ok();
        String link = confirmation(creator, 1);

        client.delete(confirmation(guest, 1)).ok();

        client.get(link).refused(400);
        client.post(link).refused(400);
        assertThat(creator.client()
                        .get("/v1/organizations/" + organization)
                        .ok()
                        .text("organization.status"))
                .isEqualTo("ACTIVE");
        deactivate(creator, organization, false).ok();
        client.post(confirmation(guest, 2)).ok();
        await(creator, organization, "DEACTIVATED");
    }

    @Test
    void skipsTheConfirmationOnlyInASessionFromASignIn() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        Map<String, Object> atOnce = Map.of("skip_confirmation", true);
        String path = "/v1/organizations/" + organization + "/deactivate";

        for (String token : List.of(
                creator.token("USER").value(),
                creator.token("ORGANIZATION").value(),
                creator.accessToken("60s").session())) {
            assertThat(client.as(token).post(path, atOnce).refused(403).text("type"))
                    .isEqualTo("/problems/interactive-session-required");
        }
        client.as(creator.token("USER").value()).post(path).ok();
        creator.client().post(path, atOnce).ok();
    }

    private String confirmation(TestUser member, int nth) {
        return "/v1/organization_confirmations/"
                + client.mailbox()
                        .link(member.email(), Mailbox.DEACTIVATION, nth)
                        .id();
    }

    /** R16: nobody is held by an organization that is at rest, but its last member. */
    @Test
    void letsMembersOfADeactivatedOrganizationGo() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        TestUser guest = creator.welcome(client.newcomer());
        TestUser third = creator.welcome(client.newcomer());
        String guests = guest.membership();
        String thirds = third.membership();
        String founders = creator.membership();
        deactivate(creator, organization, true).ok();
        await(creator, organization, "DEACTIVATED");

        creator.remove(thirds).ok();
        guest.remove(guests).ok();
        creator.remove(founders).refused(400);

        guest.signedInAgain().client().delete("/v1/users/" + guest.id()).ok();
        creator.client()
                .post("/v1/organizations/" + organization + "/reactivate")
                .ok();
        assertThat(creator.client().get("/v1/organization_members").ok().texts("members", "id"))
                .containsExactly(founders);
    }

    @Test
    void deletesOnlyWhatIsDeactivatedAndSetsTheNameFree() {
        TestUser ada = client.newcomer();
        String name = Client.unusedName();
        String organization = ada.found(name);
        TestUser creator = ada.in(organization);
        TestUser guest = creator.welcome(client.newcomer());
        String invited = Client.unusedEmail();
        creator.invite(invited);
        String link = client.mailbox().link(invited, Mailbox.INVITATION).id();

        creator.client().delete("/v1/organizations/" + organization).refused(400);
        deactivate(creator, organization, true).ok();
        await(creator, organization, "DEACTIVATED");
        String status = creator.client()
                .delete("/v1/organizations/" + organization)
                .ok()
                .text("organization.status");

        assertThat(status).isIn("DELETING", "DELETED");
        awaitGone(creator, organization);
        client.get("/v1/invitation_links/" + link).refused(404);
        for (TestUser former : List.of(ada, guest)) {
            assertThat(former.signedInAgain()
                            .client()
                            .get("/v1/account/organizations")
                            .ok()
                            .body())
                    .doesNotContain(organization);
            client.mailbox().about(former.email(), name);
        }
        assertThat(creator.client().get("/v1/account/organization").status()).isIn(401, 403, 404);
        String next = guest.signedInAgain().found(name);
        assertThat(next).isNotEqualTo(organization);
    }

    @Test
    void answersAnInvitedPersonWithoutSigningThemOut() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        TestUser guest = client.newcomer();
        TestUser unwilling = client.newcomer();
        String invitation = creator.invite(guest.email());
        String unwanted = creator.invite(unwilling.email());
        deactivate(creator, organization, true).ok();
        await(creator, organization, "DEACTIVATED");

        Reply refused = guest.accept(invitation).refused(400);
        assertThat(refused.text("code")).isEqualTo("failed_precondition");
        assertThat(refused.message()).contains("deactivated or locked");
        unwilling
                .client()
                .post("/v1/account/organization_invitations/" + unwanted + "/decline")
                .ok();

        creator.client()
                .post("/v1/organizations/" + organization + "/reactivate")
                .ok();
        guest.accept(invitation).ok();
    }

    @Test
    void disablesTheWebhooksOfAFormerMemberUntilAnotherEnablesThem() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = creator.welcome(client.newcomer());
        String webhook =
                "/v1/webhooks/" + guest.webhook("https://hooks.example.org/in").id();
        String own = "/v1/webhooks/"
                + creator.webhook("https://hooks.example.org/own").id();

        creator.remove(guest.membership()).ok();

        Reply disabled = creator.client().get(webhook).ok();
        assertThat(disabled.text("webhook.status")).isEqualTo("DISABLED");
        assertThat(disabled.text("webhook.disabled_reason")).isEqualTo("MEMBERSHIP_ENDED");
        assertThat(creator.client().get(own).ok().text("webhook.status")).isEqualTo("ENABLED");
        assertThat(creator.client()
                        .get("/v1/activities?types=webhook&verb=disabled")
                        .ok()
                        .body())
                .contains("membership_ended");
        creator.client().patch(webhook, Map.of("status", "ENABLED")).ok();
        assertThat(creator.client().get(webhook).ok().text("webhook.status")).isEqualTo("ENABLED");
    }

    @Test
    void endsTheInvitationsOfWhoDeletesTheUser() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = client.newcomer();
        TestUser erased = client.newcomer();
        creator.invite(guest.email());
        creator.invite(erased.email());

        guest.client().delete("/v1/users/" + guest.id()).ok();
        operator.post("/operator/v1/users/" + erased.id() + "/erase").ok();

        assertThat(creator.client()
                        .get("/v1/organization_invitations")
                        .ok()
                        .at("count")
                        .intValue())
                .isZero();
        creator.invite(Client.unusedEmail());
        creator.invite(Client.unusedEmail());
    }

    static void await(TestUser member, String organization, String status) {
        Instant giveUp = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            String now = member.client()
                    .get("/v1/organizations/" + organization)
                    .ok()
                    .text("organization.status");
            if (now.equals(status)) {
                return;
            }
            assertThat(Instant.now()).as("still %s", now).isBefore(giveUp);
            pause();
        }
    }

    static void awaitGone(TestUser member, String organization) {
        TestUser anew = member.signedInAgain();
        Instant giveUp = Instant.now().plus(Duration.ofSeconds(20));
        while (anew.client().get("/v1/account/organizations").ok().body().contains(organization)) {
            assertThat(Instant.now()).as("still there").isBefore(giveUp);
            pause();
        }
    }

    private static Reply deactivate(TestUser member, String organization, boolean atOnce) {
        return member.client()
                .post("/v1/organizations/" + organization + "/deactivate", Map.of("skip_confirmation", atOnce));
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
