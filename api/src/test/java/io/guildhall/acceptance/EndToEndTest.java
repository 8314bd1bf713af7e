package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The story that the service is there for, from the first sign-up to the trail of it all. */
class EndToEndTest extends AcceptanceTestBase {

    private static final String INVITATION = "organization_invitation";
    private static final String MEMBER = "organization_member";

    @Test
    void leadsFromTheFirstSignUpToATrailThatTellsAllOfIt() {
        TestUser ada = client.signUp(Client.unusedEmail());
        ada.client()
                .post("/v1/organizations", Map.of("name", Client.unusedName()))
                .refused(400);
        ada.validate();
        String name = Client.unusedName();
        String organization = ada.found(name);
        TestUser creator = ada.in(organization);
        creator.pay(organization);
        creator.choose(organization, "startup");

        String address = Client.unusedEmail();
        String invitation = creator.invite(address);
        String link = client.mailbox().link(address, Mailbox.INVITATION).id();
        assertThat(client.get("/v1/invitation_links/" + link).ok().json().toString())
                .contains(name, ada.name())
                .doesNotContain(ada.email(), ada.id(), organization, address);

        Reply signUp = client.post(
                        "/v1/account/signup",
                        Map.of("email", address, "password", Client.PASSWORD, "name", "Bob", "invitation_link", link))
                .ok();
        TestUser bob = new TestUser(
                client.as(signUp.text("token.id")),
                signUp.text("token.user_id"),
                "Bob",
                address,
                Client.PASSWORD,
                signUp.text("token.id"));
        assertThat(bob.client()
                        .get("/v1/account/profile")
                        .ok()
                        .at("user.email_validated")
                        .booleanValue())
                .as("following the link proves the address")
                .isTrue();
        assertThat(bob.accept(invitation).ok().text("invitation.status")).isEqualTo("ACCEPTED");

        TestUser member = bob.in(organization);
        String firstMembership = member.membership();
        TestUser.Token token = member.token("USER");
        Client byToken = client.as(token.value());
        String renamed = Client.unusedName();
        byToken.put("/v1/organizations/" + organization + "/name", Map.of("name", renamed))
                .ok();
        assertThat(byToken.get("/v1/account/organization").ok().text("organization.name"))
                .isEqualTo(renamed);

        assertThat(creator.remove(firstMembership).ok().text("member.status")).isEqualTo("DELETED");
        for (Client gone : List.of(member.client(), byToken)) {
            for (String path : List.of("/v1/activities", "/v1/organization_members", "/v1/account/organization")) {
                assertThat(gone.get(path).refused(403).message()).isEqualTo("User is not a member of the organization");
            }
        }
        bob.client().get("/v1/account/profile").ok();
        client.mailbox().about(address, renamed);

        String secondInvitation = creator.invite(address);
        bob.accept(secondInvitation).ok();
        byToken.get("/v1/activities").ok();
        String secondMembership = member.membership();
        assertThat(secondMembership).isNotEqualTo(firstMembership);

        creator.client().delete("/v1/credentials/" + token.id()).ok();
        byToken.get("/v1/activities").refused(401);

        String ofAda = founderMembership(creator);
        assertThat(TrailActivity.trail(creator.client()))
                .containsExactly(
                        TrailActivity.of(ada.id(), "created", "organization", organization),
                        TrailActivity.of(ada.id(), "joined", MEMBER, ofAda),
                        TrailActivity.of(ada.id(), "updated", "organization", organization)
                                .about("billing_updated"),
                        TrailActivity.of(ada.id(), "updated", "organization", organization)
                                .about("plan_updated"),
                        TrailActivity.of(ada.id(), "created", INVITATION, invitation),
                        TrailActivity.of(bob.id(), "accepted", INVITATION, invitation),
                        TrailActivity.of(bob.id(), "joined", MEMBER, firstMembership),
                        TrailActivity.of(bob.id(), "created", "credential", token.id()),
                        TrailActivity.of(bob.id(), "updated", "organization", organization)
                                .about("renamed")
                                .by(token),
                        TrailActivity.of(ada.id(), "revoked", MEMBER, firstMembership),
                        TrailActivity.of(ada.id(), "deactivated", "credential", token.id()),
                        TrailActivity.of(ada.id(), "created", INVITATION, secondInvitation),
                        TrailActivity.of(bob.id(), "accepted", INVITATION, secondInvitation),
                        TrailActivity.of(bob.id(), "joined", MEMBER, secondMembership),
                        TrailActivity.of(bob.id(), "reactivated", "credential", token.id()),
                        TrailActivity.of(ada.id(), "deleted", "credential", token.id()));

        List<TrailActivity> own = TrailActivity.ownTrail(bob.client());
        assertThat(own)
                .filteredOn(trailActivity -> trailActivity.type().equals("organization"))
                .containsExactly(
                        TrailActivity.of(bob.id(), "joined", "organization", organization),
                        TrailActivity.of(ada.id(), "left", "organization", organization),
                        TrailActivity.of(bob.id(), "joined", "organization", organization));
        assertThat(own)
                .filteredOn(trailActivity -> trailActivity.type().equals("user"))
                .extracting(TrailActivity::verb, TrailActivity::event)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("created", ""),
                        org.assertj.core.groups.Tuple.tuple("updated", "email_validated"));
        assertThat(own)
                .filteredOn(trailActivity -> trailActivity.type().equals("session"))
                .extracting(TrailActivity::verb)
                .containsExactly("created", "created");
    }

    @Test
    void tellsTheTrailInWhichRequestSomethingHappened() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();

        Reply renaming = creator.client()
                .send(
                        "PUT",
                        "/v1/organizations/" + organization + "/name",
                        Map.of("name", Client.unusedName()),
                        "X-Request-Id",
                        "the-renaming")
                .ok();

        assertThat(renaming.header("X-Request-Id")).contains("the-renaming");
        Reply trail = creator.client().get("/v1/activities?limit=1").ok();
        assertThat(trail.text("activities.0.metadata.request_id")).isEqualTo("the-renaming");
        assertThat(trail.at("has_next").booleanValue()).isTrue();
    }

    @Test
    void letsAnInvitedPersonWhoHasAnUserAcceptByTheMailedLinkAlone() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = client.signUp(Client.unusedEmail());

        creator.invite(guest.email());
        String link = client.mailbox().link(guest.email(), Mailbox.INVITATION).id();

        assertThat(guest.accept(link).ok().text("invitation.status")).isEqualTo("ACCEPTED");
        assertThat(guest.accept(link).ok().text("invitation.status"))
                .as("accepting twice is the same answer")
                .isEqualTo("ACCEPTED");
        assertThat(guest.client()
                        .get("/v1/account/profile")
                        .ok()
                        .at("user.email_validated")
                        .booleanValue())
                .isTrue();
        assertThat(creator.client()
                        .get("/v1/organization_members")
                        .ok()
                        .at("count")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void keepsASessionOfEachOrganizationInUseSideBySide() {
        TestUser ada = client.newcomer();
        TestUser one = ada.creator("starter");
        TestUser other = ada.creator("starter");

        assertThat(one.organization()).isNotEqualTo(other.organization());
        ada.client().get("/v1/account/organization").refused(404);
        ada.client().get("/v1/account/profile").ok();
        assertThat(ada.client().get("/v1/account/organizations").ok().texts("organizations", "id"))
                .containsExactlyInAnyOrder(one.organization(), other.organization());
    }

    private static String founderMembership(TestUser creator) {
        return creator.membership();
    }
}
