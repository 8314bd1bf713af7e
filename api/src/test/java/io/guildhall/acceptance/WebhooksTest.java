package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.WebhookReceiver.Received;
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

/** Two processes send to a receiver that fails, hangs, redirects, and is gone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class WebhooksTest {

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

    private String statusOf(TestUser testUser, TestUser.Webhook webhook) {
        return testUser.client().get("/v1/webhooks/" + webhook.id()).ok().text("webhook.status");
    }

    private void awaitDisabled(TestUser testUser, TestUser.Webhook webhook) {
        await().atMost(PATIENCE).until(() -> statusOf(testUser, webhook).equals("DISABLED"));
    }

    @Test
    void tryAgainWithTheSameIdUntilItArrives() {
        TestUser ada = creator();
        String path = path();
        webhookReceiver.answers(path, (exchange, nth) -> WebhookReceiver.answer(exchange, nth < 3 ? 500 : 200));
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");

        List<Received> attempts = webhookReceiver.awaitAt(path, 3);
        assertThat(attempts)
                .extracting(Received::id)
                .containsOnly(attempts.getFirst().id());
        assertThat(attempts).allMatch(attempt -> attempt.isSignedBy(webhook.secret()));
        awaitLog(ada, webhook, "DELIVERED");
        Reply log = log(ada, webhook);
        assertThat(log.at("deliveries.0.attempts").intValue()).isEqualTo(3);
        assertThat(log.at("deliveries.0.response_status").intValue()).isEqualTo(200);
        assertThat(statusOf(ada, webhook)).isEqualTo("ENABLED");
    }

    @Test
    void sendAReceiverNothingForAsLongAsItAsks() throws Exception {
        TestUser ada = creator();
        String path = path();
        webhookReceiver.answers(path, (exchange, nth) -> {
            if (nth == 1) {
                exchange.getResponseHeaders().add("Retry-After", "4");
            }
            WebhookReceiver.answer(exchange, nth == 1 ? 429 : 204);
        });
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");
        webhookReceiver.awaitAt(path, 1);
        Instant asked = Instant.now();

        ada.token("USER");
        Thread.sleep(2_000);

        assertThat(webhookReceiver.at(path)).hasSize(1);
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void haveArrivedWhereTheAnswerIsLong() {
        TestUser ada = creator();
        String path = path();
        webhookReceiver.answers(path, (exchange, nth) -> {
            exchange.sendResponseHeaders(200, 100_000_000);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(new byte[100_000]);
            }
        });
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");

        awaitLog(ada, webhook, "DELIVERED");
        assertThat(webhookReceiver.at(path)).hasSize(1);
    }

    @Test
    void holdUpNoOthersWhereOneHangs() {
        TestUser ada = creator();
        String hanging = path();
        String quick = path();
        webhookReceiver.answers(hanging, WebhookReceiver.HANG);
        ada.webhook(webhookReceiver.url(hanging), "credential");
        ada.webhook(webhookReceiver.url(quick), "credential");
        ada.token("USER");
        webhookReceiver.awaitAt(hanging, 1);
        Instant begun = Instant.now();
        IntStream.range(0, 5).forEach(n -> ada.token("USER"));

        webhookReceiver.awaitAt(quick, 6);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void takeARedirectForAFailure() {
        TestUser ada = creator();
        String path = path();
        String elsewhere = path();
        webhookReceiver.answers(path, (exchange, nth) -> {
            exchange.getResponseHeaders().add("Location", webhookReceiver.url(elsewhere));
            WebhookReceiver.answer(exchange, nth < 3 ? 302 : 200);
        });
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");

        awaitLog(ada, webhook, "DELIVERED");
        assertThat(webhookReceiver.at(path)).hasSize(3);
        assertThat(webhookReceiver.at(elsewhere)).isEmpty();
    }

    @Test
    void areDisabledAtOnceWhereTheReceiverIsGoneAndTellEveryMember() {
        TestUser ada = creator();
        TestUser bob = ada.welcome(serviceProcesses.get(1).client().newcomer());
        String path = path();
        webhookReceiver.answers(path, (exchange, nth) -> WebhookReceiver.answer(exchange, 410));
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");

        awaitDisabled(ada, webhook);
        ada.token("USER");
        assertThat(ada.client().get("/v1/webhooks/" + webhook.id()).ok().text("webhook.disabled_reason"))
                .isEqualTo("GONE");
        Reply trail =
                ada.client().get("/v1/activities?types=webhook&verb=disabled").ok();
        assertThat(trail.text("activities.0.actor.type")).isEqualTo("system_user");
        assertThat(trail.text("activities.0.metadata.reason")).isEqualTo("gone");
        for (TestUser member : List.of(ada, bob)) {
            assertThat(ada.client()
                            .mailbox()
                            .about(member.email(), "A webhook of")
                            .text())
                    .contains("by host: localhost");
        }
        assertThat(webhookReceiver.at(path)).hasSize(1);
        assertThat(log(ada, webhook).texts("deliveries", "status")).containsExactly("FAILED");
    }

    @Test
    void areDisabledWhereNothingArrivesForLongAndGoOnWhereTheyEnded() {
        TestUser ada = creator();
        String path = path();
        webhookReceiver.answers(path, (exchange, nth) -> WebhookReceiver.answer(exchange, 500));
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");

        awaitDisabled(ada, webhook);
        ada.token("USER");
        webhookReceiver.answers(path, WebhookReceiver.WELL);
        assertThat(ada.client().get("/v1/webhooks/" + webhook.id()).ok().text("webhook.disabled_reason"))
                .isEqualTo("FAILING");
        ada.client()
                .patch("/v1/webhooks/" + webhook.id(), Map.of("status", "ENABLED"))
                .ok();

        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
    }

    @Test
    void waitWhileTheOrganizationIsDeactivated() {
        TestUser ada = creator();
        String path = path();
        TestUser.Webhook webhook =
                ada.webhook(webhookReceiver.url(path), "organization.deactivated", "organization.reactivated");
        String organization = "/v1/organizations/" + ada.organization();
        ada.client()
                .post(organization + "/deactivate", Map.of("skip_confirmation", true))
                .ok();
        await().atMost(PATIENCE)
                .until(() -> ada.client()
                        .get(organization)
                        .ok()
                        .text("organization.status")
                        .equals("DEACTIVATED"));
        assertThat(webhookReceiver.at(path)).isEmpty();

        ada.client().post(organization + "/reactivate").ok();

        assertThat(webhookReceiver.awaitAt(path, 2))
                .extracting(Received::type)
                .containsExactlyInAnyOrder("organization.deactivated", "organization.reactivated");
        assertThat(webhook.id()).isNotEmpty();
    }

    @Test
    void sendNothingAnyMoreOnceDeleted() {
        TestUser ada = creator();
        String path = path();
        webhookReceiver.answers(path, (exchange, nth) -> WebhookReceiver.answer(exchange, 500));
        TestUser.Webhook webhook = ada.webhook(webhookReceiver.url(path), "credential");
        ada.token("USER");
        webhookReceiver.awaitAt(path, 1);

        ada.client().delete("/v1/webhooks/" + webhook.id()).ok();

        ada.client().get("/v1/webhooks/" + webhook.id()).refused(404);
        int before = webhookReceiver.at(path).size();
        String later = path();
        ada.webhook(webhookReceiver.url(later), "credential");
        ada.token("USER");
        webhookReceiver.awaitAt(later, 1);
        // At the most the one attempt that was under way.
        assertThat(webhookReceiver.at(path)).hasSizeBetween(before, before + 1);
    }
}
