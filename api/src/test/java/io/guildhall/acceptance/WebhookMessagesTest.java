package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.Receiver.Received;
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
class WebhookMessagesTest {

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

    @Test
    void sendSignedActivitiesOfTheTypesThatAreWanted() {
        Person ada = creator();
        String some = path();
        String all = path();
        Person.Webhook webhook = ada.webhook(receiver.url(some), "credential.created", "webhook");
        ada.webhook(receiver.url(all) + "?key=1");
        Person.Token token = ada.token("USER");
        ada.client()
                .patch("/v1/credentials/" + token.id(), Map.of("name", "another"))
                .ok();

        List<Received> received = receiver.awaitAt(all, 2);
        assertThat(received).extracting(Received::type).contains("credential.created", "credential.updated");
        List<Received> wanted = receiver.awaitAt(some, 2);
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
        Person ada = creator();
        String path = path();
        ada.webhook(receiver.url(path), "credential.created");
        try (Connection inTheWay = processes.database().getConnection()) {
            inTheWay.setAutoCommit(false);
            inTheWay.createStatement().execute("lock table webhook_feeds in access exclusive mode");
            Thread.sleep(4_000);
        }
        ada.token("USER");

        await().atMost(Duration.ofSeconds(12)).until(() -> !receiver.at(path).isEmpty());
    }

    @Test
    void sendEachMessageOnceThoughTwoProcessesDo() {
        Person ada = creator();
        Person elsewhere = ada.at(processes.get(1).base());
        String path = path();
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        IntStream.range(0, 15).forEach(n -> {
            ada.token("USER");
            elsewhere.token("USER");
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log(ada, webhook).texts("deliveries", "status"))
                        .hasSize(30)
                        .containsOnly("DELIVERED"));
        assertThat(receiver.at(path)).extracting(Received::id).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void areSignedByTheOldSecretAndTheNewForAWhile() {
        Person ada = creator();
        String path = path();
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        String next = ada.client()
                .post("/v1/webhooks/" + webhook.id() + "/rotate_secret")
                .ok()
                .text("webhook.secret");
        assertThat(next).startsWith("whsec_").isNotEqualTo(webhook.secret());
        ada.token("USER");

        assertThat(receiver.awaitAt(path, 1))
                .allMatch(message -> message.isSignedBy(webhook.secret()))
                .allMatch(message -> message.isSignedBy(next));
        for (String read : List.of("/v1/webhooks", "/v1/webhooks/" + webhook.id(), "/v1/activities?types=webhook")) {
            assertThat(ada.client().get(read).ok().body()).doesNotContain("whsec_", next, webhook.secret());
        }
    }

    @Test
    void sendAgainOneDeliveryOrAllFromAPlaceInTheTrail() {
        Person ada = creator();
        String path = path();
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");
        ada.token("USER");
        receiver.awaitAt(path, 2);
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        String delivery = log(ada, webhook).text("deliveries.1.id");
        String message = log(ada, webhook).text("deliveries.1.message_id");

        ada.client()
                .post("/v1/webhooks/" + webhook.id() + "/resend", Map.of("delivery", delivery))
                .ok();
        assertThat(receiver.awaitAt(path, 3).getLast().id()).isEqualTo(message);

        ada.client()
                .post("/v1/webhooks/" + webhook.id() + "/resend", Map.of("after", 0))
                .ok();
        receiver.awaitAt(path, 5);
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        assertThat(receiver.at(path).stream().map(Received::id).distinct()).hasSize(2);
    }

    @Test
    void sendNothingAgainThatTheOrganizationNoLongerShows() {
        Person ada = creator();
        String path = path();
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");
        ada.token("USER");
        receiver.awaitAt(path, 1);
        awaitLog(ada, webhook, "DELIVERED");
        new JdbcTemplate(processes.database())
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

        assertThat(receiver.awaitAt(path, 2)).extracting(Received::id).doesNotHaveDuplicates();
        awaitLog(ada, webhook, "DELIVERED", "DELIVERED");
        assertThat(receiver.at(path)).hasSize(2);
    }

    @Test
    void canBeTried() {
        Person ada = creator();
        String path = path();
        Person.Webhook webhook = ada.webhook(receiver.url(path), "credential");

        Reply reply =
                ada.client().post("/v1/webhooks/" + webhook.id() + "/test").ok();

        Received test = receiver.awaitAt(path, 1).getFirst();
        assertThat(test.type()).isEqualTo("webhook.test");
        assertThat(test.id()).isEqualTo(reply.text("delivery.message_id"));
        assertThat(test.isSignedBy(webhook.secret())).isTrue();
    }

    @Test
    void surviveTheKillOfTheProcessThatSends() {
        try (Processes own = Processes.with(Processes.HASTE)) {
            Person ada = own.start().client().newcomer().creator("pro");
            String path = path();
            receiver.answers(path, Receiver.HANG);
            ada.webhook(receiver.url(path), "credential");
            IntStream.range(0, 5).forEach(n -> ada.token("USER"));
            receiver.awaitAt(path, 1);

            own.get(0).kill();
            receiver.answers(path, Receiver.WELL);
            own.start();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    receiver.at(path).stream().map(Received::id).distinct())
                            .hasSize(5));
        }
    }
}
