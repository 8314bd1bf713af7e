package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.Receiver.Received;
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

    private final Receiver receiver = new Receiver();
    private final Processes processes = Processes.hasty();

    @AfterAll
    void end() {
        receiver.close();
    }

    private Person creator() {
        return processes.get(0).client().newcomer().creator("pro");
    }

    private static String path() {
        return "/" + UUID.randomUUID();
    }

    private Reply log(Person person, Person.Webhook webhook) {
        return person.client()
                .get("/v1/webhooks/" + webhook.id() + "/deliveries?limit=100")
                .ok();
    }

    private void awaitLog(Person person, Person.Webhook webhook, String... statuses) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log(person, webhook).texts("deliveries", "status"))
                        .containsExactly(statuses));
    }

    private String statusOf(Person person, Person.Webhook webhook) {
        return person.client().get("/v1/webhooks/" + webhook.id()).ok().text("webhook.status");
    }

    private void awaitDisabled(Person person, Person.Webhook webhook) {
        await().atMost(PATIENCE).until(() -> statusOf(person, webhook).equals("DISABLED"));
    }

    @Test
    void tryAgainWithTheSameIdUntilItArrives() {
        Person ada = creator();
        String path = path();
        receiver.answers(path, (exchange, nth) -> Receiver.answer(exchange, nth < 3 ? 500 : 200));
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");

        List<Received> attempts = receiver.awaitAt(path, 3);
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
        Person ada = creator();
        String path = path();
        receiver.answers(path, (exchange, nth) -> {
            if (nth == 1) {
                exchange.getResponseHeaders().add("Retry-After", "4");
            }
            Receiver.answer(exchange, nth == 1 ? 429 : 204);
        });
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");
        receiver.awaitAt(path, 1);
        Instant asked = Instant.now();

        ada.token("USER");
        Thread.sleep(2_000);

        assertThat(receiver.at(path)).hasSize(1);
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void haveArrivedWhereTheAnswerIsLong() {
        Person ada = creator();
        String path = path();
        receiver.answers(path, (exchange, nth) -> {
            exchange.sendResponseHeaders(200, 100_000_000);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(new byte[100_000]);
            }
        });
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");

        awaitLog(ada, webhook, "DELIVERED");
        assertThat(receiver.at(path)).hasSize(1);
    }

    @Test
    void holdUpNoOthersWhereOneHangs() {
        Person ada = creator();
        String hanging = path();
        String quick = path();
        receiver.answers(hanging, Receiver.HANG);
        ada.webhook(receiver.url(hanging), "credential");
        ada.webhook(receiver.url(quick), "credential");
        ada.token("USER");
        receiver.awaitAt(hanging, 1);
        Instant begun = Instant.now();
        IntStream.range(0, 5).forEach(n -> ada.token("USER"));

        receiver.awaitAt(quick, 6);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void takeARedirectForAFailure() {
        Person ada = creator();
        String path = path();
        String elsewhere = path();
        receiver.answers(path, (exchange, nth) -> {
            exchange.getResponseHeaders().add("Location", receiver.url(elsewhere));
            Receiver.answer(exchange, nth < 3 ? 302 : 200);
        });
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");

        awaitLog(ada, webhook, "DELIVERED");
        assertThat(receiver.at(path)).hasSize(3);
        assertThat(receiver.at(elsewhere)).isEmpty();
    }

    @Test
    void areDisabledAtOnceWhereTheReceiverIsGoneAndTellEveryMember() {
        Person ada = creator();
        Person bob = ada.welcome(processes.get(1).client().newcomer());
        String path = path();
        receiver.answers(path, (exchange, nth) -> Receiver.answer(exchange, 410));
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");

        awaitDisabled(ada, webhook);
        ada.token("USER");
        assertThat(ada.client().get("/v1/webhooks/" + webhook.id()).ok().text("webhook.disabled_reason"))
                .isEqualTo("GONE");
        Reply trail =
                ada.client().get("/v1/activities?types=webhook&verb=disabled").ok();
        assertThat(trail.text("activities.0.actor.type")).isEqualTo("system_user");
        assertThat(trail.text("activities.0.metadata.reason")).isEqualTo("gone");
        for (Person member : List.of(ada, bob)) {
            assertThat(ada.client()
                            .mailbox()
                            .about(member.email(), "A webhook of")
                            .text())
                    .contains("by host: localhost");
        }
        assertThat(receiver.at(path)).hasSize(1);
        assertThat(log(ada, webhook).texts("deliveries", "status")).containsExactly("FAILED");
    }

    @Test
    void areDisabledWhereNothingArrivesForLongAndGoOnWhereTheyEnded() {
        Person ada = creator();
        String path = path();
        receiver.answers(path, (exchange, nth) -> Receiver.answer(exchange, 500));
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");

        awaitDisabled(ada, webhook);
        ada.token("USER");
        receiver.answers(path, Receiver.WELL);
        assertThat(ada.client().get("/v1/webhooks/" + webhook.id()).ok().text("webhook.disabled_reason"))
                .isEqualTo("FAILING");
        ada.client()
                .patch("/v1/webhooks/" + webhook.id(), Map.of("status", "ENABLED"))
                .ok();

        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
    }

    @Test
    void waitWhileTheOrganizationIsDeactivated() {
        Person ada = creator();
        String path = path();
        Person.Webhook webhook =
                ada.webhook(receiver.url(path), "organization.deactivated", "organization.reactivated");
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
        assertThat(receiver.at(path)).isEmpty();

        ada.client().post(organization + "/reactivate").ok();

        assertThat(receiver.awaitAt(path, 2))
                .extracting(Received::type)
                .containsExactlyInAnyOrder("organization.deactivated", "organization.reactivated");
        assertThat(webhook.id()).isNotEmpty();
    }

    @Test
    void sendNothingAnyMoreOnceDeleted() {
        Person ada = creator();
        String path = path();
        receiver.answers(path, (exchange, nth) -> Receiver.answer(exchange, 500));
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");
        receiver.awaitAt(path, 1);

        ada.client().delete("/v1/webhooks/" + webhook.id()).ok();

        ada.client().get("/v1/webhooks/" + webhook.id()).refused(404);
        int before = receiver.at(path).size();
        String later = path();
        ada.webhook(receiver.url(later), "credential");
        ada.token("USER");
        receiver.awaitAt(later, 1);
        // At the most the one attempt that was under way.
        assertThat(receiver.at(path)).hasSizeBetween(before, before + 1);
    }
}
