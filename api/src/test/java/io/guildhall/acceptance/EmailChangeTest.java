package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Another e-mail address counts once it is proven. */
class EmailChangeTest extends AcceptanceTestBase {

    private static final String PROFILE = "/v1/account/profile";

    @Test
    void countsOnceTheNewAddressIsProven() {
        TestUser ada = client.newcomer();
        String next = Client.unusedEmail();

        ada.client().patch(PROFILE, Map.of("email", next)).ok();

        assertThat(emailOf(ada)).isEqualTo(ada.email());
        assertThat(ada.client().get(PROFILE).ok().text("user.pending_email")).isEqualTo(next);
        String link = change(next);
        assertThat(client.post(link).refused(401).text("type")).isEqualTo("/problems/unauthenticated");
        client.newcomer().client().post(link).refused(401);
        assertThat(emailOf(ada)).isEqualTo(ada.email());
        Reply reply = ada.client().post(link).ok();
        assertThat(reply.at("email_changed").booleanValue()).isTrue();
        assertThat(reply.json().propertyNames()).containsExactly("email_changed");
        assertThat(emailOf(ada)).isEqualTo(next);
        Reply profile = ada.client().get(PROFILE).ok();
        assertThat(profile.at("user.email_validated").booleanValue()).isTrue();
        assertThat(profile.at("user").has("pending_email")).isFalse();
        client.signIn(next, ada.password()).ok();
        client.signIn(ada.email(), ada.password()).refused(401);
        client.signUp(ada.email());
    }

    @Test
    void isCanceledByTheOldAddress() {
        TestUser ada = client.newcomer();
        String next = Client.unusedEmail();
        ada.client().patch(PROFILE, Map.of("email", next)).ok();
        String toNew = change(next);

        assertThat(client.mailbox().link(ada.email(), Mailbox.EMAIL_CHANGE).text())
                .contains(next);
        client.delete(change(ada.email())).ok();

        assertThat(ada.client().post(toNew).refused(400).text("type")).isEqualTo("/problems/link-no-longer-valid");
        assertThat(emailOf(ada)).isEqualTo(ada.email());
    }

    @Test
    void keepsNobodyFromTheAddressBeforeTheProof() {
        TestUser ada = client.newcomer();
        String next = Client.unusedEmail();
        ada.client().patch(PROFILE, Map.of("email", next)).ok();
        String link = change(next);

        client.signUp(next);

        assertThat(ada.client().post(link).refused(400).text("type")).isEqualTo("/problems/email-taken");
        assertThat(emailOf(ada)).isEqualTo(ada.email());
    }

    @Test
    void needsBothAddressesWithoutARecentSignIn() throws SQLException {
        TestUser ada = client.newcomer();
        signedInLongAgo(ada);
        String next = Client.unusedEmail();
        assertThat(ada.client()
                        .patch(PROFILE, Map.of("email", next, "current_password", "wrong"))
                        .refused(400)
                        .fields())
                .containsExactly("current_password");
        ada.client().patch(PROFILE, Map.of("email", next)).ok();

        assertThat(ada.client().post(change(next)).ok().at("email_changed").booleanValue())
                .isFalse();
        assertThat(emailOf(ada)).isEqualTo(ada.email());
        assertThat(client.post(change(ada.email())).ok().at("email_changed").booleanValue())
                .isTrue();
        assertThat(emailOf(ada)).isEqualTo(next);
    }

    private String change(String address) {
        return "/v1/account/email_changes/"
                + client.mailbox().link(address, Mailbox.EMAIL_CHANGE).id();
    }

    /** Time itself cannot be asked to pass. */
    private static void signedInLongAgo(TestUser testUser) throws SQLException {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.prepareStatement(
                        "update sessions set authenticated_at = now() - interval '16 minutes' where user_id = ?::uuid")) {
            statement.setString(1, testUser.id());
            statement.executeUpdate();
        }
    }

    private static String emailOf(TestUser testUser) {
        return testUser.client().get(PROFILE).ok().text("user.email");
    }
}
