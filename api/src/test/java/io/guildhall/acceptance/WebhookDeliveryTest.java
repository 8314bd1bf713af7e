package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.WebhookReceiver.Received;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is sent to a receiver that takes it: signed, once, and again when that is asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class WebhookDeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WebhookReceiver webhookReceiver = new WebhookReceiver();
    private final ServiceProcesses serviceProcesses = ServiceProcesses.hasty();

    @AfterAll
    void end() {
        webhookReceiver.close();
    }

    private TestUser creator() {
        return serviceProcesses.get(0).client().newcomer().creator("pro");
    }

    private static String path() {
        return "/" + UUID.randomUUID();
    }

    private Reply log(TestUser testUser, TestUser.Webhook webhook) {
        return testUser.client()
                .get("/v1/webhooks/" + webhook.id() + "/deliveries?limit=100")
                .ok();
    }

    private void awaitLog(TestUser testUser, TestUser.Webhook webhook, String... statuses) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log(testUser, webhook).texts("deliveries", "status"))
                        .containsExactly(statuses));
    }

    @Test
    void sendSignedActivitiesOfTheTypesThatAreWanted() {
        TestUser ada = creator();
        String some = path();
        String all = path();
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(some), "credential.created", "webhook");
        ada.webhook(webhookReceiver.url(all) + "?key=1");
        TestUser.Token token = ada.token("USER");
        ada.client()
                .patch("/v1/credentials/" + token.id(), Map.of("name", "another"))
                .ok();

        List<Received> received = webhookReceiver.awaitAt(all, 2);
        assertThat(received).extracting(Received::type).contains("credential.created", "credential.updated");
        List<Received> wanted = webhookReceiver.awaitAt(some, 2);
        assertThat(wanted)
                .extracting(Received::type)
                .containsExactlyInAnyOrder("webhook.created", "credential.created");
        Received created = wanted.stream()
                .filter(it -> it.type().equals("credential.created"))
                .findFirst()
                .orElseThrow();
        Reply trail =
                ada.client().get("/v1/activities?verb=created&types=credential").ok();
        assertThat(created.json().at("/data").get("sequence").longValue())
                .isEqualTo(trail.at("activities.0.sequence").longValue());
        assertThat(created.json().at("/timestamp").stringValue()).isEqualTo(trail.text("activities.0.created_at"));
        assertThat(created.json().at("/data/id").stringValue()).isEqualTo(trail.text("activities.0.id"));
        assertThat(created.id()).isEqualTo("msg_" + trail.text("activities.0.id"));
        assertThat(created.isSignedBy(webhook.secret())).isTrue();
        assertThat(created.isSignedBy("whsec_" + "A".repeat(43) + "=")).isFalse();
        assertThat(Instant.ofEpochSecond(Long.parseLong(created.timestamp())))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    /** Such as the end of a rebuild, which waits for its locks. */
    @Test
    void areSentSoonAfterSomethingWasInTheWayForLong() throws Exception {
        TestUser ada = creator();
        String path = path();
        ada.webhook(webhookReceiver.url(path), "credential.created");
        try (Connection inTheWay = serviceProcesses.database().getConnection()) {
            inTheWay.setAutoCommit(false);
            inTheWay.createStatement().execute("lock table webhook_feeds in access exclusive mode");
            Thread.sleep(4_000);
        }
        ada.token("USER");

        await().atMost(Duration.ofSeconds(12))
                .until(() -> !webhookReceiver.at(path).isEmpty());
    }

    @Test
    void sendEachMessageOnceThoughTwoProcessesDo() {
        TestUser ada = creator();
        TestUser elsewhere = ada.at(serviceProcesses.get(1).base());
        String path = path();
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        IntStream.range(0, 15).forEach(n -> {
            ada.token("USER");
            elsewhere.token("USER");
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log(ada, webhook).texts("deliveries", "status"))
                        .hasSize(30)
                        .containsOnly("DELIVERED"));
        assertThat(webhookReceiver.at(path))
                .extracting(Received::id)
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    @Test
    void areSignedByTheOldSecretAndTheNewForAWhile() {
        TestUser ada = creator();
        String path = path();
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        String next = ada.client()
                .post("/v1/webhooks/" + webhook.id() + "/rotate_secret")
                .ok()
                .text("webhook.secret");
        assertThat(next).startsWith("whsec_").isNotEqualTo(webhook.secret());
        ada.token("USER");

        assertThat(webhookReceiver.awaitAt(path, 1))
                .allMatch(message -> message.isSignedBy(webhook.secret()))
                .allMatch(message -> message.isSignedBy(next));
        for (String read : List.of("/v1/webhooks", "/v1/webhooks/" + webhook.id(), "/v1/activities?types=webhook")) {
            assertThat(ada.client().get(read).ok().body()).doesNotContain("whsec_", next, webhook.secret());
        }
    }

    @Test
    void sendAgainOneDeliveryOrAllFromAPlaceInTheTrail() {
        TestUser ada = creator();
        String path = path();
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");
        ada.token("USER");
        webhookReceiver.awaitAt(path, 2);
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        String delivery = log(ada, webhook).text("deliveries.1.id");
        String message = log(ada, webhook).text("deliveries.1.message_id");

        ada.client()
                .post("/v1/webhooks/" + webhook.id() + "/resend", Map.of("delivery", delivery))
                .ok();
        assertThat(webhookReceiver.awaitAt(path, 3).getLast().id()).isEqualTo(message);

        ada.client()
                .post("/v1/webhooks/" + webhook.id() + "/resend", Map.of("after", 0))
                .ok();
        webhookReceiver.awaitAt(path, 5);
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        assertThat(webhookReceiver.at(path).stream().map(Received::id).distinct())
                .hasSize(2);
    }

    @Test
    void sendNothingAgainThatTheOrganizationNoLongerShows() {
        TestUser ada = creator();
        String path = path();
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");
        webhookReceiver.awaitAt(path, 1);
        awaitLog(ada, webhook, "DELIVERED");
        new JdbcTemplate(serviceProcesses.database())
                .update(
                        "update activities set occurred_at = occurred_at - interval '40 days' where trail = cast(? as uuid)",
                        ada.organization());
        ada.client()
                .put("/v1/organizations/" + ada.organization() + "/activity_retention", Map.of("days", 30))
                .ok();

        ada.client()
                .post("/v1/webhooks/" + webhook.id() + "/resend", Map.of("after", 0))
                .ok();
        ada.token("USER");

        assertThat(webhookReceiver.awaitAt(path, 2)).extracting(Received::id).doesNotHaveDuplicates();
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        assertThat(webhookReceiver.at(path)).hasSize(2);
    }

    @Test
    void canBeTried() {
        TestUser ada = creator();
        String path = path();
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");

        Reply reply =
                ada.client().post("/v1/webhooks/" + webhook.id() + "/test").ok();

        Received test = webhookReceiver.awaitAt(path, 1).getFirst();
        assertThat(test.type()).isEqualTo("webhook.test");
        assertThat(test.id()).isEqualTo(reply.text("delivery.message_id"));
        assertThat(test.isSignedBy(webhook.secret())).isTrue();
    }

    @Test
    void surviveTheKillOfTheProcessThatSends() {
        try (ServiceProcesses own = ServiceProcesses.with(ServiceProcesses.HASTE)) {
            TestUser ada = own.start().client().newcomer().creator("pro");
            String path = path();
            webhookReceiver.answers(path, WebhookReceiver.HANG);
            ada.webhook(webhookReceiver.url(path), "credential");
            IntStream.range(0, 5).forEach(n -> ada.token("USER"));
            webhookReceiver.awaitAt(path, 1);

            own.get(0).kill();
            webhookReceiver.answers(path, WebhookReceiver.WELL);
            own.start();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(webhookReceiver.at(path).stream()
                                    .map(Received::id)
                                    .distinct())
                            .hasSize(5));
        }
    }
}
