package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The story that the service is there for, from the first sign-up to the trail of it all. */
class JourneyTest extends Served {

    private static final String INVITATION = "organization_invitation";
    private static final String MEMBER = "organization_member";

    @Test
    void leadsFromTheFirstSignUpToATrailThatTellsAllOfIt() {
        Person ada = client.signUp(Client.unusedEmail());
        ada.client()
                .post("/v1/organizations", Map.of("name", Client.unusedName()))
                .refused(400);
        ada.validate();
        String name = Client.unusedName();
        String organization = ada.found(name);
        Person creator = ada.in(organization);
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
        Person bob = new Person(
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

        Person member = bob.in(organization);
        String firstMembership = member.membership();
        Person.Token token = member.token("USER");
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
        assertThat(Line.trail(creator.client()))
                .containsExactly(
                        Line.of(ada.id(), "created", "organization", organization),
                        Line.of(ada.id(), "joined", MEMBER, ofAda),
                        Line.of(ada.id(), "updated", "organization", organization)
                                .about("billing_updated"),
                        Line.of(ada.id(), "updated", "organization", organization)
                                .about("plan_updated"),
                        Line.of(ada.id(), "created", INVITATION, invitation),
                        Line.of(bob.id(), "accepted", INVITATION, invitation),
                        Line.of(bob.id(), "joined", MEMBER, firstMembership),
                        Line.of(bob.id(), "created", "credential", token.id()),
                        Line.of(bob.id(), "updated", "organization", organization)
                                .about("renamed")
                                .by(token),
                        Line.of(ada.id(), "revoked", MEMBER, firstMembership),
                        Line.of(ada.id(), "deactivated", "credential", token.id()),
                        Line.of(ada.id(), "created", INVITATION, secondInvitation),
                        Line.of(bob.id(), "accepted", INVITATION, secondInvitation),
                        Line.of(bob.id(), "joined", MEMBER, secondMembership),
                        Line.of(bob.id(), "reactivated", "credential", token.id()),
                        Line.of(ada.id(), "deleted", "credential", token.id()));

        List<Line> own = Line.ownTrail(bob.client());
        assertThat(own)
                .filteredOn(line -> line.type().equals("organization"))
                .containsExactly(
                        Line.of(bob.id(), "joined", "organization", organization),
                        Line.of(ada.id(), "left", "organization", organization),
                        Line.of(bob.id(), "joined", "organization", organization));
        assertThat(own)
                .filteredOn(line -> line.type().equals("user"))
                .extracting(Line::verb, Line::event)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("created", ""),
                        org.assertj.core.groups.Tuple.tuple("updated", "email_validated"));
        assertThat(own)
                .filteredOn(line -> line.type().equals("session"))
                .extracting(Line::verb)
                .containsExactly("created", "created");
    }

    @Test
    void tellsTheTrailInWhichRequestSomethingHappened() {
        Person creator = client.newcomer().creator("starter");
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
        Person creator = client.newcomer().creator("starter");
        Person guest = client.signUp(Client.unusedEmail());

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
        Person ada = client.newcomer();
        Person one = ada.creator("starter");
        Person other = ada.creator("starter");

        assertThat(one.organization()).isNotEqualTo(other.organization());
        ada.client().get("/v1/account/organization").refused(404);
        ada.client().get("/v1/account/profile").ok();
        assertThat(ada.client().get("/v1/account/organizations").ok().texts("organizations", "id"))
                .containsExactlyInAnyOrder(one.organization(), other.organization());
    }

    private static String founderMembership(Person creator) {
        return creator.membership();
    }
}
