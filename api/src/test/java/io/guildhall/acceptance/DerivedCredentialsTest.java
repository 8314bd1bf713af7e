package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R17a: what is made with a credential has at most its organization, scopes and end, and dies with it. */
class DerivedCredentialsTest extends AcceptanceTestBase {

    private TestUser ada;
    private TestUser creator;
    private TestUser elsewhere;

    @BeforeEach
    void found() {
        ada = client.newcomer();
        creator = ada.creator("hobby");
        elsewhere = ada.creator("hobby");
    }

    @Test
    void lastNoLongerThanAnAccessToken() {
        TestUser access = creator.accessToken("30s");
        Instant latest = Instant.now().plusSeconds(30);

        assertThat(instant(issue(access, null).ok(), "credential.expires_at")).isBefore(latest);
        assertThat(issue(access, latest.plusSeconds(60)).refused(400).fields()).containsExactly("expires_at");
        assertThat(instant(switchTo(access, creator.organization()).ok(), "token.expires_at"))
                .isBefore(latest);
        TestUser child = access.accessToken("3600s");
        assertThat(instant(issue(child, null).ok(), "credential.expires_at")).isBefore(latest);
    }

    @Test
    void lastNoLongerThanAnApiToken() {
        Instant latest = Instant.now().plusSeconds(30);
        TestUser token = creator.with(issue(creator, latest).ok().text("credential.token"));

        assertThat(instant(issue(token, null).ok(), "credential.expires_at")).isBeforeOrEqualTo(latest);
        assertThat(issue(token, latest.plusSeconds(1)).refused(400).fields()).containsExactly("expires_at");
        Reply switched = switchTo(token, creator.organization()).ok();
        assertThat(instant(switched, "token.expires_at")).isBeforeOrEqualTo(latest);
        TestUser session = creator.with(switched.text("token.id"));
        assertThat(instant(issue(session, null).ok(), "credential.expires_at")).isBeforeOrEqualTo(latest);
        assertThat(instant(issue(session.accessToken("3600s"), null).ok(), "credential.expires_at"))
                .isBeforeOrEqualTo(latest);
    }

    /** Another organization of the person, one of somebody else and none at all are the same. */
    @Test
    void reachNoOtherOrganization() {
        TestUser token = creator.with(creator.token("USER").value());
        TestUser session =
                creator.with(switchTo(token, creator.organization()).ok().text("token.id"));
        String foreign = client.newcomer().creator("hobby").organization();
        for (TestUser bound : List.of(token, session, creator.accessToken("60s"))) {
            for (String id :
                    List.of(elsewhere.organization(), foreign, UUID.randomUUID().toString())) {
                assertThat(switchTo(bound, id).refused(403).text("type")).isEqualTo("/problems/bound-to-organization");
            }
            assertThat(bound.client().get("/v1/account/organizations").ok().at("organizations"))
                    .hasSize(1);
            assertThat(bound.client()
                            .get("/v1/organization_members?user_id=" + ada.id())
                            .ok()
                            .at("members"))
                    .hasSize(1);
            bound.client()
                    .get("/v1/organization_invitations?user_id=" + ada.id())
                    .refused(403);
        }
    }

    @Test
    void actOnNoUser() {
        TestUser token = creator.with(creator.token("USER").value());
        TestUser session =
                creator.with(switchTo(token, creator.organization()).ok().text("token.id"));
        for (TestUser bound : List.of(token, session, creator.accessToken("60s"))) {
            Client it = bound.client();
            assertThat(List.of(
                            it.put("/v1/account/refresh", Map.of()),
                            it.post("/v1/account/session"),
                            it.post("/v1/unscope_organization_token"),
                            it.get("/v1/account/sessions"),
                            it.patch("/v1/account/profile", Map.of("name", "Eve")),
                            it.post("/v1/organizations", Map.of("name", Client.unusedName())),
                            it.delete("/v1/users/" + ada.id())))
                    .allSatisfy(reply -> assertThat(reply.refused(403).text("type"))
                            .isEqualTo("/problems/interactive-session-required"));
            it.get("/v1/account/profile").ok();
        }
    }

    @Test
    void dieWithTheApiToken() {
        TestUser.Token token = creator.token("USER");
        TestUser through = creator.with(token.value());
        TestUser child = creator.with(issue(through, null).ok().text("credential.token"));
        TestUser grandchild = creator.with(issue(child, null).ok().text("credential.token"));
        TestUser session =
                creator.with(switchTo(through, creator.organization()).ok().text("token.id"));
        List<TestUser> all = List.of(
                through,
                child,
                grandchild,
                session,
                session.accessToken("60s"),
                creator.with(issue(session, null).ok().text("credential.token")));
        all.forEach(each -> each.client().get("/v1/organization_members").ok());

        creator.client().delete("/v1/credentials/" + token.id()).ok();

        assertThat(all)
                .allSatisfy(
                        each -> each.client().get("/v1/organization_members").refused(401));
        assertThat(creator.client().get("/v1/credentials").ok().at("credentials"))
                .as("a dead token that is listed")
                .noneMatch(it -> it.at("/status").stringValue("").equals("ACTIVE"));
    }

    @Test
    void dieWithTheSignIn() {
        TestUser signedIn = ada.signedInAgain().in(creator.organization());
        TestUser access = signedIn.accessToken("60s");
        TestUser child = creator.with(issue(access, null).ok().text("credential.token"));
        TestUser session =
                creator.with(switchTo(child, creator.organization()).ok().text("token.id"));
        TestUser livesOn = creator.with(issue(signedIn, null).ok().text("credential.token"));
        List<TestUser> all = List.of(signedIn, access, access.accessToken("60s"), child, session);
        all.forEach(each -> each.client().get("/v1/organization_members").ok());

        signedIn.client().delete("/v1/account/logout").ok();

        assertThat(all)
                .allSatisfy(
                        each -> each.client().get("/v1/organization_members").refused(401));
        livesOn.client().get("/v1/organization_members").ok();
        creator.client().get("/v1/organization_members").ok();
    }

    @Test
    void dieWithTheMembership() {
        TestUser guest = client.newcomer();
        TestUser host = client.newcomer().creator("starter");
        TestUser member = host.welcome(guest);
        TestUser token = member.with(member.token("USER").value());
        TestUser session = member.with(switchTo(token, host.organization()).ok().text("token.id"));
        List<TestUser> all = List.of(token, session, member.accessToken("60s"), token.accessToken("60s"));

        host.remove(member.membership()).ok();

        assertThat(all).allSatisfy(each -> {
            assertThat(each.client().get("/v1/organization_members").status()).isIn(401, 403);
            assertThat(each.client().get("/v1/account/profile").status()).isIn(401, 403);
        });
        guest.client().get("/v1/account/profile").ok();
    }

    @Test
    void areEndedAloneByALogout() {
        TestUser access = creator.accessToken("60s");
        TestUser child = access.accessToken("60s");

        access.client().delete("/v1/account/logout").ok();

        access.client().get("/v1/organization_members").refused(401);
        child.client().get("/v1/organization_members").refused(401);
        creator.client().get("/v1/organization_members").ok();
    }

    private static Reply issue(TestUser testUser, @Nullable Instant expires) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "deploy", "type", "USER"));
        if (expires != null) {
            body.put("expires_at", expires.toString());
        }
        return testUser.client().post("/v1/credentials", body);
    }

    private static Reply switchTo(TestUser testUser, String organization) {
        return testUser.client().post("/v1/organizations/" + organization + "/switch");
    }

    private static Instant instant(Reply reply, String path) {
        return Instant.parse(reply.text(path));
    }
}
