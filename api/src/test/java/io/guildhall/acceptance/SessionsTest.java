package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** R3, R17a: sign-ins are listed and ended one by one, end by themselves, and ask again for the password before what matters most. */
class SessionsTest extends AcceptanceTestBase {

    private static final String OTHER_PASSWORD = "another horse battery";

    @Test
    void areListedAndEndedOneByOne() {
        TestUser ada = client.newcomer();
        TestUser other = ada.signedInAgain();
        other.creator("hobby").accessToken("60s");

        Reply list = other.client().get("/v1/account/sessions").ok();
        assertThat(list.at("count").intValue()).isGreaterThanOrEqualTo(2);
        String current = list.text("sessions.0.id");
        assertThat(list.at("sessions.0.current").booleanValue()).isTrue();
        assertThat(list.at("sessions.1.current").booleanValue()).isFalse();

        ada.client().delete("/v1/account/sessions/" + current).ok();

        other.client().get("/v1/account/profile").refused(401);
        ada.client().get("/v1/account/profile").ok();
        ada.client().delete("/v1/account/sessions/" + current).refused(404);
        ada.client().delete("/v1/account/sessions/" + UUID.randomUUID()).refused(404);
    }

    @Test
    void sayFromWhereTheyWereStarted() throws SQLException {
        TestUser ada = client.newcomer();
        client.post(
                        "/v1/account/login",
                        Map.of("email", ada.email(), "password", ada.password()),
                        "User-Agent",
                        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
                .ok();

        Reply list = ada.client().get("/v1/account/sessions").ok();
        assertThat(list.text("sessions.0.client")).isEqualTo("Firefox on Linux");
        assertThat(list.text("sessions.0.ip_address")).isEqualTo("127.0.0.1");
        assertThat(list.text("sessions.1.client")).isEqualTo("Java-http-client");
        assertThat(payloads(ada)).isNotEmpty().noneMatch(it -> it.contains("Firefox") || it.contains("127.0.0.1"));
    }

    private static List<String> payloads(TestUser testUser) throws SQLException {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.prepareStatement("select payload from events where stream = ?")) {
            statement.setString(1, testUser.id());
            List<String> found = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    @Test
    void endAtTheEndOfTheirSignIn() {
        TestUser ada = client.newcomer();
        String end = ada.client().get("/v1/account/sessions").ok().text("sessions.0.expires_at");

        String refreshed =
                ada.client().put("/v1/account/refresh", Map.of()).ok().text("token.id");

        assertThat(client.as(refreshed).get("/v1/account/sessions").ok().text("sessions.0.expires_at"))
                .isEqualTo(end);
        ada.client().get("/v1/account/profile").refused(401);
    }

    @Test
    void endWhenTheyAreIdleTooLong() throws SQLException {
        TestUser ada = client.newcomer();
        TestUser other = ada.signedInAgain();
        String signIn = ada.client().get("/v1/account/sessions").ok().text("sessions.1.id");
        idle(signIn);

        assertThat(other.client().get("/v1/account/sessions").ok().at("sessions"))
                .noneMatch(it -> it.at("/id").stringValue("").equals(signIn));
    }

    @Test
    void beginInTheOrganizationLastUsed() {
        TestUser ada = client.newcomer();
        assertThat(organizationAfterSignIn(ada)).isEmpty();
        TestUser first = ada.creator("hobby");
        TestUser second = ada.creator("hobby");
        assertThat(organizationAfterSignIn(ada)).isEqualTo(second.organization());
        ada.in(first.organization());
        assertThat(organizationAfterSignIn(ada)).isEqualTo(first.organization());

        first.client()
                .post("/v1/organizations/" + first.organization() + "/deactivate", Map.of("skip_confirmation", true))
                .ok();

        assertThat(organizationAfterSignIn(ada)).isEqualTo(second.organization());
    }

    @Test
    void beginInAnotherOrganizationOnceTheMembershipOfTheLastEnded() {
        TestUser guest = client.newcomer();
        TestUser own = guest.creator("hobby");
        TestUser host = client.newcomer().creator("starter");
        TestUser member = host.welcome(guest);
        assertThat(organizationAfterSignIn(guest)).isEqualTo(host.organization());

        host.remove(member.membership()).ok();

        assertThat(organizationAfterSignIn(guest)).isEqualTo(own.organization());
    }

    @Test
    void beginInTheOrganizationLastUsedAfterAPasswordReset() {
        TestUser ada = client.newcomer();
        String organization = ada.creator("hobby").organization();
        client.post("/v1/account/reset_password", Map.of("email", ada.email())).ok();
        String link = client.mailbox().link(ada.email(), Mailbox.RESET).id();

        Reply reset = client.post("/v1/account/update_password", Map.of("id", link, "password", OTHER_PASSWORD))
                .ok();

        assertThat(reset.text("token.organization_id")).isEqualTo(organization);
        assertThat(client.as(reset.text("token.id"))
                        .get("/v1/account/organization")
                        .ok()
                        .text("organization.id"))
                .isEqualTo(organization);
    }

    @Test
    void askForThePasswordBeforeItIsChanged() throws SQLException {
        TestUser ada = client.newcomer();
        Map<String, String> alone = Map.of("password", OTHER_PASSWORD);
        signedInLongAgo(ada);

        Reply refused = ada.client().patch("/v1/account/profile", alone).refused(403);
        assertThat(refused.text("code")).isEqualTo("reauthentication-required");
        assertThat(refused.text("type")).isEqualTo("/problems/reauthentication-required");
        ada.client()
                .patch("/v1/account/profile", Map.of("password", OTHER_PASSWORD, "current_password", ada.password()))
                .ok();

        client.as(client.signIn(ada.email(), OTHER_PASSWORD).ok().text("token.id"))
                .patch("/v1/account/profile", Map.of("password", ada.password()))
                .ok();
    }

    @Test
    void askForThePasswordBeforeTheUserIsDeleted() throws SQLException {
        TestUser ada = client.newcomer();
        signedInLongAgo(ada);
        String path = "/v1/users/" + ada.id();

        assertThat(ada.client().delete(path).refused(403).text("code")).isEqualTo("reauthentication-required");
        assertThat(ada.client()
                        .send("DELETE", path, Map.of("current_password", "not the password"))
                        .refused(400)
                        .fields())
                .containsExactly("current_password");
        ada.client()
                .send("DELETE", path, Map.of("current_password", ada.password()))
                .ok();

        TestUser bob = client.newcomer();
        bob.client().delete("/v1/users/" + bob.id()).ok();
    }

    private String organizationAfterSignIn(TestUser testUser) {
        return client.signIn(testUser.email(), testUser.password()).ok().text("token.organization_id");
    }

    /** Time itself cannot be asked to pass. */
    private static void signedInLongAgo(TestUser testUser) throws SQLException {
        update("update sessions set authenticated_at = now() - interval '16 minutes' where user_id = ?", testUser.id());
    }

    private static void idle(String signIn) throws SQLException {
        update("update sessions set started = now() - interval '4 days' where sign_in = ?", signIn);
        update("""
                insert into sign_in_last_use (sign_in, at) values (?, now() - interval '4 days')
                on conflict (sign_in) do update set at = excluded.at
                """, signIn);
    }

    private static void update(String sql, String id) throws SQLException {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, UUID.fromString(id));
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
