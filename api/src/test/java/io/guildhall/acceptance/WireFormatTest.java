package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of the published contract rely on, and its schemas do not say. */
class WireFormatTest extends AcceptanceTestBase {

    @Test
    void avatarsAreServedWhereTheirAddressesSay() {
        TestUser ada = client.newcomer();
        String address = ada.client().get("/v1/account/profile").ok().text("user.avatar_url");

        assertThat(address).startsWith(client.base() + "/avatars/");
        Reply avatar = client.get(URI.create(address).getPath()).ok();
        assertThat(avatar.header("Content-Type").orElse("")).startsWith("image/svg+xml");
        assertThat(avatar.body()).startsWith("<svg");
        assertThat(client.get("/avatars/%3Cscript%3E.svg").status()).isIn(400, 404);
    }

    @Test
    void aBodyWithoutContentTypeIsJson() throws Exception {
        HttpRequest login = HttpRequest.newBuilder(client.base().resolve("/v1/account/login"))
                .POST(BodyPublishers.ofString(
                        "{\"email\":\"nobody@example.org\",\"password\":\"correct horse battery\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = http.send(login, BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "text/html", "application/xml"})
    void anAcceptHeaderThatARouteCannotMeetIsNoReasonToRefuse(String accepted) {
        TestUser creator = client.newcomer().creator("pro");

        client.get("/v1/activities/key", "Accept", accepted).ok();
        creator.client().get("/v1/activities/checkpoint", "Accept", accepted).ok();
        creator.client().get("/v1/organization_members", "Accept", accepted).ok();
        assertThat(creator.client()
                        .get("/v1/organizations/x", "Accept", accepted)
                        .status())
                .isEqualTo(400);
    }

    /** The web panel sends neither a body nor a content type, the CLI an empty object. */
    @ParameterizedTest
    @ValueSource(strings = {"without a body", "{}"})
    void callsThatNeedNoBodyTakeNoneOrAnEmptyOne(String body) {
        Object sent = body.equals("{}") ? body : null;
        TestUser creator = client.newcomer().creator("pro");
        String organization = creator.organization();
        TestUser guest = client.newcomer();
        String invitation = creator.invite(guest.email());

        creator.client()
                .send("POST", "/v1/organizations/" + organization + "/switch", sent)
                .ok();
        creator.client().send("POST", "/v1/unscope_organization_token", sent).ok();
        creator.client().send("POST", "/v1/account/session", sent).ok();
        creator.client()
                .send("POST", "/v1/organizations/" + organization + "/access_token", sent)
                .ok();
        creator.client()
                .send("POST", "/v1/organization_invitations/" + invitation + "/resend", sent)
                .ok();
        guest.client()
                .send("POST", "/v1/account/organization_invitations/" + invitation + "/decline", sent)
                .ok();
        String again = creator.invite(guest.email());
        guest.client()
                .send("POST", "/v1/account/organization_invitations/" + again + "/accept", sent)
                .ok();
        client.signUp(Client.unusedEmail())
                .client()
                .send("POST", "/v1/account/resend_validation", sent)
                .ok();
        creator.client()
                .send("POST", "/v1/organizations/" + organization + "/deactivate", sent)
                .ok();
        creator.client()
                .send(
                        "POST",
                        "/v1/organization_confirmations/"
                                + client.mailbox()
                                        .link(creator.email(), Mailbox.DEACTIVATION)
                                        .id(),
                        sent)
                .ok();
        OrganizationLifecycleTest.await(creator, organization, "DEACTIVATED");
        creator.client()
                .send("POST", "/v1/organizations/" + organization + "/reactivate", sent)
                .ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void changesTakeAMask(String method) {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        String path = "/v1/organizations/" + organization;
        String name = Client.unusedName();

        Reply masked = creator.client()
                .send(method, path + "?update_mask=city,country", Map.of("name", name, "city", "Lyon", "country", "FR"))
                .ok();
        Reply unmasked =
                creator.client().send(method, path, Map.of("name", name)).ok();
        Reply emptied = creator.client()
                .send(method, path + "?update_mask=city", Map.of("name", Client.unusedName()))
                .ok();

        assertThat(masked.text("organization.city")).isEqualTo("Lyon");
        assertThat(masked.text("organization.name")).isNotEqualTo(name);
        assertThat(unmasked.text("organization.name")).isEqualTo(name);
        assertThat(unmasked.text("organization.city")).isEqualTo("Lyon");
        assertThat(emptied.text("organization.city")).isEmpty();
        assertThat(emptied.text("organization.country")).isEqualTo("FR");
        creator.client()
                .send(method, path + "?update_mask=city,nonsense", Map.of("city", "Paris"))
                .refused(400);
        TestUser.Token token = creator.token("USER");
        Reply described = creator.client()
                .send(
                        method,
                        "/v1/credentials/" + token.id() + "?update_mask=description",
                        Map.of("name", "ignored", "description", "changed"))
                .ok();
        assertThat(described.text("credential.description")).isEqualTo("changed");
        assertThat(described.text("credential.name")).isNotEqualTo("ignored");
    }

    @Test
    void pagesAreCountedAndComeInOneOrder() {
        TestUser creator = client.newcomer().creator("scale");
        List<String> invited = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            invited.add(creator.invite(Client.unusedEmail()));
        }

        List<String> seen = new ArrayList<>();
        for (int offset = 0; offset < 9; offset += 3) {
            Reply page = creator.client()
                    .get("/v1/organization_invitations?limit=3&offset=" + offset)
                    .ok();
            seen.addAll(page.texts("invitations", "id"));
            assertThat(page.at("limit").intValue()).isEqualTo(3);
            assertThat(page.at("offset").intValue()).isEqualTo(offset);
            assertThat(page.at("count").intValue()).isEqualTo(7);
        }
        Reply none =
                creator.client().get("/v1/organization_invitations?offset=100").ok();
        Reply most = creator.client()
                .get("/v1/organization_invitations?limit=100000")
                .ok();

        assertThat(seen).containsExactlyInAnyOrderElementsOf(invited);
        assertThat(none.at("invitations")).isEmpty();
        assertThat(none.at("count").intValue()).isEqualTo(7);
        assertThat(most.at("limit").intValue()).isEqualTo(100);
        assertThat(creator.client()
                        .get("/v1/organization_invitations")
                        .ok()
                        .at("limit")
                        .intValue())
                .isEqualTo(20);
        assertThat(creator.client()
                        .get("/v1/organization_invitations?statuses=ACCEPTED&statuses=REFUSED")
                        .ok()
                        .at("count")
                        .intValue())
                .isZero();
        for (String wrong : List.of("limit=0", "limit=-1", "limit=ten", "offset=-1")) {
            assertThat(creator.client()
                            .get("/v1/organization_invitations?" + wrong)
                            .refused(400)
                            .fields())
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void theTrailIsFilteredByTypesOfObjects() {
        TestUser creator = client.newcomer().creator("starter");
        creator.invite(Client.unusedEmail());

        Reply some = creator.client()
                .get("/v1/activities?types=organization_member&types=organization_invitation")
                .ok();

        assertThat(some.texts("activities", "object.type"))
                .containsExactly("organization_invitation", "organization_member");
        assertThat(some.at("has_next").booleanValue()).isFalse();
    }

    @Test
    void organizationsAreSearchedByPartsOfNames() {
        TestUser ada = client.newcomer();
        String name = Client.unusedName();
        String organization = ada.found(name);
        ada.found(Client.unusedName());

        String part = name.substring(4, 12).toUpperCase();
        assertThat(ada.client()
                        .get("/v1/account/organizations?search=" + part)
                        .ok()
                        .texts("organizations", "id"))
                .containsExactly(organization);
        assertThat(ada.client()
                        .get("/v1/account/organizations?statuses=DEACTIVATED")
                        .ok()
                        .at("organizations"))
                .isEmpty();
    }

    @Test
    void errorsAreProblemsForThoseWhoAskForThem() {
        Reply asked = client.get("/v1/activities", "Accept", "application/problem+json")
                .refused(401);
        Reply unknown = client.get("/v1/no-such-route");
        Reply method = client.send("DELETE", "/v1/account/login", null);

        assertThat(asked.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(unknown.status()).isIn(401, 404);
        method.refused(405);
    }

    /** A write's position makes a later read wait for it, wherever that read goes. */
    @Test
    void writesTellTheirPositionAndReadsCanAskForIt() {
        TestUser ada = client.newcomer();
        Reply written = ada.client()
                .post("/v1/organizations", Map.of("name", Client.unusedName()))
                .ok();
        String position = written.header("Guildhall-Position").orElseThrow();

        ada.client()
                .get("/v1/account/organizations", "Guildhall-At-Least", position)
                .ok();
        ada.client()
                .get("/v1/account/organizations", "Guildhall-At-Least", "soon")
                .refused(400);
        assertThat(position).matches("[1-9][0-9]*");
    }

    @Test
    void theDescriptionOfAllRoutesIsServed() {
        Reply description = client.get("/v3/api-docs").ok();

        assertThat(description.at("paths").propertyNames())
                .contains("/v1/organizations", "/v1/credentials/{id}", "/v1/invitation_links/{id}");
    }
}
