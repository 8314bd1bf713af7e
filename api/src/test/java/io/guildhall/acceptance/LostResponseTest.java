package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code Idempotency-Key} where a process dies between the commit and the keeping of its answer: the retry, once the lease is
 * over, does nothing again and answers the same. What such a death leaves behind is made here by deleting the kept reply;
 * {@link KilledRequestsTest} kills.
 */
class LostResponseTest extends AcceptanceTestBase {

    private static final JdbcClient SQL = JdbcClient.create(DATABASE.dataSource());

    private TestUser ada;

    @BeforeEach
    void signUp() {
        ada = client.newcomer();
    }

    @Test
    void aSignUp() {
        String email = Client.unusedEmail();

        Reply reply = twice(client, "/v1/account/signup", Map.of("email", email, "password", Client.PASSWORD));

        TestUser testUser =
                new TestUser(client, reply.text("token.user_id"), "", email, Client.PASSWORD, reply.text("token.id"));
        testUser.with(testUser.session()).validate().found(Client.unusedName());
        assertThat(client.mailbox().to(email)).hasSize(1);
    }

    @Test
    void aSignIn() {
        Reply reply = twice(client, "/v1/account/login", Map.of("email", ada.email(), "password", Client.PASSWORD));

        ada.with(reply.text("token.id")).client().get("/v1/account/profile").ok();
    }

    @Test
    void sessions() {
        String organization = ada.found(Client.unusedName());

        twice(ada.client(), "/v1/account/session", Map.of());
        twice(ada.client(), "/v1/organizations/" + organization + "/switch", Map.of());
        twice(ada.client(), "/v1/unscope_organization_token", Map.of());
        twice(ada.client(), "/v1/organizations/" + organization + "/access_token", Map.of());
    }

    @Test
    void anOrganization() {
        Reply reply = twice(ada.client(), "/v1/organizations", Map.of("name", Client.unusedName()));

        assertThat(ada.client().get("/v1/account/organizations").ok().texts("organizations", "id"))
                .containsExactly(reply.text("organization.id"));
    }

    @Test
    void anApiToken() {
        TestUser creator = ada.creator("starter");

        Reply reply = twice(creator.client(), "/v1/credentials", Map.of("name", "deploy", "type", "USER"));

        creator.with(reply.text("credential.token"))
                .client()
                .get("/v1/account/organization")
                .ok();
        assertThat(creator.client().get("/v1/credentials").ok().texts("credentials", "id"))
                .containsExactly(reply.text("credential.id"));
    }

    @Test
    void anInvitationUntilItIsAccepted() {
        TestUser creator = ada.creator("pro");
        TestUser guest = client.newcomer();

        String invitation = twice(creator.client(), "/v1/organization_invitations", Map.of("email", guest.email()))
                .text("invitation.id");
        client.mailbox().link(guest.email(), Mailbox.INVITATION);
        twice(creator.client(), "/v1/organization_invitations/" + invitation + "/resend", Map.of());
        String link =
                client.mailbox().link(guest.email(), Mailbox.INVITATION, 2).id();
        twice(guest.client(), "/v1/account/organization_invitations/" + link + "/accept", Map.of());

        assertThat(creator.client().get("/v1/organization_members").ok().texts("members", "user_id"))
                .containsExactlyInAnyOrder(creator.id(), guest.id());
        assertThat(client.mailbox().to(guest.email()).stream().filter(mail -> mail.hasLink(Mailbox.INVITATION)))
                .hasSize(2);
    }

    @Test
    void aDecline() {
        TestUser creator = ada.creator("pro");
        TestUser guest = client.newcomer();
        String invitation = creator.invite(guest.email());

        twice(guest.client(), "/v1/account/organization_invitations/" + invitation + "/decline", Map.of());
    }

    @Test
    void aPlan() {
        String organization = ada.found(Client.unusedName());
        ada.pay(organization);

        twice(ada.client(), "/v1/organizations/" + organization + "/plan", Map.of("plan", "pro"));
        twice(
                ada.client(),
                "/v1/organizations/" + organization + "/signup_qualification",
                Map.of("signup_qualification", Map.of("team", "two")));
    }

    @Test
    void validatingAnAddress() {
        TestUser bob = client.signUp(Client.unusedEmail());
        // Or the second may take its place before it is sent.
        client.mailbox().link(bob.email(), Mailbox.VALIDATION);
        twice(bob.client(), "/v1/account/resend_validation", Map.of());
        String link = client.mailbox().link(bob.email(), Mailbox.VALIDATION, 2).id();

        Reply reply = twice(bob.client(), "/v1/account/validate/" + link, Map.of());

        bob.with(reply.text("token.id")).found(Client.unusedName());
    }

    @Test
    void aForgottenPassword() {
        twice(client, "/v1/account/reset_password", Map.of("email", ada.email()));
        String link = client.mailbox().link(ada.email(), Mailbox.RESET).id();

        Reply reply =
                twice(client, "/v1/account/update_password", Map.of("id", link, "password", "another horse battery"));

        ada.with(reply.text("token.id")).client().get("/v1/account/profile").ok();
        client.signIn(ada.email(), "another horse battery").ok();
        assertThat(client.mailbox().to(ada.email()).stream().filter(mail -> mail.hasLink(Mailbox.RESET)))
                .hasSize(1);
    }

    @Test
    void aDeactivation() {
        String organization = ada.found(Client.unusedName());

        twice(ada.client(), "/v1/organizations/" + organization + "/deactivate", Map.of());
        String link = client.mailbox().link(ada.email(), Mailbox.DEACTIVATION).id();
        twice(client, "/v1/organization_confirmations/" + link, Map.of());

        assertThat(client.mailbox().to(ada.email()).stream().filter(mail -> mail.hasLink(Mailbox.DEACTIVATION)))
                .hasSize(1);
    }

    @Test
    void operatorsActs() {
        String organization = ada.found(Client.unusedName());

        twice(operator, "/operator/v1/users/" + ada.id() + "/membership_limit", Map.of("limit", 7));
        twice(operator, "/operator/v1/organizations/" + organization + "/lock", Map.of("reason", "unpaid"));
        twice(operator, "/operator/v1/organizations/" + organization + "/unlock", Map.of());
        twice(operator, "/operator/v1/users/" + ada.id() + "/erase", Map.of());
    }

    /** The command fails in its transaction: nothing of it is stored, and the repeat executes it. */
    @Test
    void aCommandThatWasNotRecorded() {
        TestUser bob = client.signUp(Client.unusedEmail());
        String path = "/v1/account/validate/"
                + client.mailbox().link(bob.email(), Mailbox.VALIDATION).id();
        String key = UUID.randomUUID().toString();
        SQL.sql("alter table idempotency_keys add constraint none_done check (done is null) not valid")
                .update();
        try {
            bob.client().post(path, Map.of(), "Idempotency-Key", key).refused(500);
        } finally {
            SQL.sql("alter table idempotency_keys drop constraint none_done").update();
        }

        Reply reply = bob.client().post(path, Map.of(), "Idempotency-Key", key).ok();

        bob.with(reply.text("token.id")).found(Client.unusedName());
    }

    /** Calls twice with one key, and has the first answer lost between the two. */
    private Reply twice(Client caller, String path, Object body) {
        String[] headers = {"Idempotency-Key", UUID.randomUUID().toString(), "X-Request-Id", "r-" + UUID.randomUUID()};
        Reply first = caller.post(path, body, headers).ok();
        SQL.sql("update idempotency_keys set reply = null, leased_until = now() - interval '1 second'")
                .update();
        String done = effects(headers[3]);
        assertThat(done).isNotEmpty();

        Reply second = caller.post(path, body, headers).ok();

        assertThat(second.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.json()).isEqualTo(first.json());
        if (AxonServer.served() == null) {
            assertThat(position(second)).isEqualTo(position(first));
        } else {
            // One from which on all of it is shown: what others did meanwhile may be, too.
            assertThat(position(second)).isGreaterThanOrEqualTo(position(first));
        }
        assertThat(effects(headers[3])).isEqualTo(done);
        return first;
    }

    private static long position(Reply reply) {
        return Long.parseLong(reply.header("Guildhall-Position").orElse("0"));
    }

    private static final String EVENTS = """
            select string_agg(concat_ws(' ', position, event_type, (select count(*) from mails m where m.event_id = e.event_id)), ', '
                order by position)
            from events e where metadata like '%' || :request || '%'
            """;

    /** Without claims, which are in no trail. */
    private static final String ACTIVITIES = """
            select string_agg(concat_ws(' ', event, verb, (select count(*) from mails m where m.event_id = a.event)), ', '
                order by trail, sequence)
            from activities a where request = :request
            """;

    /** The events of a request, and the mails that they caused. */
    private static String effects(String request) {
        return SQL.sql(AxonServer.served() == null ? EVENTS : ACTIVITIES)
                .param("request", request)
                .query(String.class)
                .single();
    }
}
