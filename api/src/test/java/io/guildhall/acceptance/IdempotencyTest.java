package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code Idempotency-Key}: what was done once is not done again. */
class IdempotencyTest extends AcceptanceTestBase {

    @Test
    void answersARepeatedRequestWithTheFirstAnswer() {
        TestUser creator = client.newcomer().creator("starter");
        Map<String, String> body =
                Map.of("name", "deploy", "description", "", "type", "USER", "organization_id", creator.organization());
        String key = UUID.randomUUID().toString();

        Reply first = creator.client()
                .post("/v1/credentials", body, "Idempotency-Key", key)
                .ok();
        Reply second = creator.client()
                .post("/v1/credentials", body, "Idempotency-Key", key)
                .ok();

        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.json()).as("the token's value and all").isEqualTo(first.json());
        assertThat(second.header("Guildhall-Position")).isEqualTo(first.header("Guildhall-Position"));
        assertThat(creator.client().get("/v1/credentials").ok().at("count").intValue())
                .isEqualTo(1);
    }

    /** A refusal changes nothing, so that the next try may end otherwise. */
    @Test
    void triesAgainWhatWasRefused() {
        TestUser ada = client.newcomer();
        String taken = Client.unusedName();
        String organization = ada.found(taken);
        String key = UUID.randomUUID().toString();
        found(ada, taken, key).refused(400);

        ada.in(organization)
                .client()
                .put("/v1/organizations/" + organization + "/name", Map.of("name", Client.unusedName()))
                .ok();

        Reply created = found(ada, taken, key).ok();
        assertThat(found(ada, taken, key).ok().json()).isEqualTo(created.json());
    }

    @Test
    void belongsToTheSignIn() {
        TestUser ada = client.newcomer();
        String name = Client.unusedName();
        String key = UUID.randomUUID().toString();
        Reply first = found(ada, name, key).ok();
        TestUser sameSignIn =
                ada.with(ada.client().post("/v1/account/session").ok().text("token.id"));

        assertThat(found(sameSignIn, name, key).ok().json()).isEqualTo(first.json());
        assertThat(found(ada.signedInAgain(), name, key).refused(400).fields()).containsExactly("name");
    }

    /** Neither does another token read an answer with a secret, nor a token that came out of the same sign-in. */
    @Test
    void isNotSharedByTheTokensOfAPerson() {
        TestUser creator = client.newcomer().creator("hobby");
        Map<String, String> body = Map.of("name", "deploy", "type", "USER");
        String key = UUID.randomUUID().toString();
        String secret = issue(creator, body, key);

        assertThat(List.of(
                        issue(creator.with(creator.token("USER").value()), body, key),
                        issue(creator.with(creator.token("USER").value()), body, key),
                        issue(creator.accessToken("60s"), body, key),
                        issue(creator, body, key)))
                .doesNotHaveDuplicates()
                .endsWith(secret);
    }

    @Test
    void isSharedByAnonymousCallersWhoSendTheSame() {
        String key = UUID.randomUUID().toString();
        String address = Client.unusedEmail();
        Reply first = signUp(address, key).ok();

        assertThat(signUp(address, key).ok().json()).isEqualTo(first.json());
        assertThat(signUp(Client.unusedEmail(), key).ok().text("token.user_id"))
                .isNotEqualTo(first.text("token.user_id"));
    }

    private static String issue(TestUser testUser, Map<String, String> body, String key) {
        return testUser.client()
                .post("/v1/credentials", body, "Idempotency-Key", key)
                .ok()
                .text("credential.token");
    }

    private Reply signUp(String address, String key) {
        return client.post(
                "/v1/account/signup",
                Map.of("email", address, "password", Client.PASSWORD, "name", "Ada"),
                "Idempotency-Key",
                key);
    }

    @Test
    void refusesTheSameKeyForSomethingElse() {
        TestUser ada = client.newcomer();
        String key = UUID.randomUUID().toString();
        found(ada, Client.unusedName(), key).ok();

        found(ada, Client.unusedName(), key).refused(422);

        found(client.newcomer(), Client.unusedName(), key).ok();
    }

    @Test
    void refusesAKeyThatIsNone() {
        TestUser ada = client.newcomer();

        found(ada, Client.unusedName(), "k".repeat(256)).refused(400);
        found(ada, Client.unusedName(), "a key").refused(400);
    }

    @Test
    void hasOneEffectWhenTwentyComeAtOnce() throws Exception {
        TestUser creator = client.newcomer().creator("pro");
        String address = Client.unusedEmail();
        String key = UUID.randomUUID().toString();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Reply>> replies = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                replies.add(callers.submit(() -> {
                    start.await();
                    return creator.client()
                            .post("/v1/organization_invitations", Map.of("email", address), "Idempotency-Key", key);
                }));
            }
            start.countDown();
        }

        HashSet<String> invitations = new HashSet<>();
        for (Future<Reply> reply : replies) {
            invitations.add(reply.get().ok().text("invitation.id"));
        }
        assertThat(invitations).hasSize(1);
        client.mailbox().link(address, Mailbox.INVITATION);
        assertThat(creator.client()
                        .get("/v1/organization_invitations")
                        .ok()
                        .at("count")
                        .intValue())
                .isEqualTo(1);
        assertThat(client.mailbox().to(address)).hasSize(1);
    }

    /** The reply named the guest. A repeat is executed again then, and changes nothing. */
    @Test
    void keepsNoReplyThatNamesWhoWasErased() {
        TestUser creator = client.newcomer().creator("pro");
        TestUser guest = client.newcomer();
        String key = UUID.randomUUID().toString();
        String invitation = invite(creator, guest, key).ok().text("invitation.id");
        guest.client()
                .post("/v1/account/organization_invitations/" + invitation + "/accept", Map.of())
                .ok();
        assertThat(invite(creator, guest, key).ok().header("Idempotency-Replayed"))
                .contains("true");

        operator.post("/operator/v1/users/" + guest.id() + "/erase").ok();

        Reply repeated = invite(creator, guest, key);
        assertThat(repeated.header("Idempotency-Replayed")).isEmpty();
        assertThat(repeated.body()).doesNotContain(guest.email());
        assertThat(creator.client()
                        .get("/v1/organization_invitations")
                        .ok()
                        .at("count")
                        .intValue())
                .isEqualTo(1);
        assertThat(JdbcClient.create(DATABASE.dataSource())
                        .sql("""
                                select count(*) from idempotency_keys
                                where reply is not null and subjects && cast(:ids as uuid[])
                                """)
                        .param("ids", "{%s,%s}".formatted(guest.id(), invitation))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static Reply invite(TestUser creator, TestUser guest, String key) {
        return creator.client()
                .post("/v1/organization_invitations", Map.of("email", guest.email()), "Idempotency-Key", key);
    }

    private static Reply found(TestUser testUser, String name, String key) {
        return testUser.client().post("/v1/organizations", Map.of("name", name), "Idempotency-Key", key);
    }
}
