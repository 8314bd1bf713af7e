package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What two processes of one system share beside races, removals, limits, repeated requests and webhooks, which have tests of their own:
 * sessions, positions, mails and rebuilds; and what becomes of it when one of them ends.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("e2e")
class TwoProcessesTest {

    private static final String POSITION = "Guildhall-Position";
    private static final String AT_LEAST = "Guildhall-At-Least";
    private static final int MANY = 60;

    /** Fewer than would wait for a connection to the database on a busy machine until they are answered 503. */
    private static final int AT_ONCE = 12;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeSmtpServer smtpHere = new FakeSmtpServer();
    private final FakeSmtpServer smtpThere = new FakeSmtpServer();
    private final ServiceProcesses service = ServiceProcesses.with(
            "--spring.mail.host=localhost",
            "--guildhall.webhooks.allow-private=true",
            "--guildhall.webhooks.poll=100ms",
            // Longer than it takes to kill who waits, and to send at all, on a busy machine.
            "--guildhall.webhooks.timeout=10s");
    private final ServiceProcesses.Running here = service.launch("--spring.mail.port=" + smtpHere.port());
    private final ServiceProcesses.Running there = service.launch("--spring.mail.port=" + smtpThere.port());
    private final JdbcTemplate sql = new JdbcTemplate(service.database());

    TwoProcessesTest() {
        here.awaitReady();
        there.awaitReady();
    }

    @AfterAll
    void close() {
        service.close();
        smtpHere.close();
        smtpThere.close();
    }

    @Test
    @Order(1)
    void aSessionThatEndsAtOneIsNoneAtTheOther() {
        for (int i = 0; i < 20; i++) {
            TestUser ada = here.client().signUp(Client.unusedEmail());
            TestUser thereToo = ada.at(there.base());
            thereToo.client().get("/v1/account/profile").ok();

            ada.client().delete("/v1/account/logout").ok();

            thereToo.client().get("/v1/account/profile").refused(401);
        }
    }

    @Test
    @Order(2)
    void whatOneAnsweredIsReadAtTheOther() {
        TestUser ada = here.client().signUp(Client.unusedEmail());
        for (int i = 0; i < 20; i++) {
            String name = "Ada the " + i;
            Reply renamed = ada.client()
                    .patch("/v1/account/profile?update_mask=name", Map.of("name", name))
                    .ok();

            Reply read = ada.at(there.base())
                    .client()
                    .get(
                            "/v1/account/profile",
                            AT_LEAST,
                            renamed.header(POSITION).orElseThrow())
                    .ok();
            assertThat(read.text("user.name")).isEqualTo(name);
        }
    }

    @Test
    @Order(3)
    void aReadShowsAPositionOfTheOtherAndNoneBeyondTheEnd() {
        TestUser ada = here.client().signUp(Client.unusedEmail());
        long now = Long.parseLong(ada.client()
                .patch("/v1/account/profile?update_mask=name", Map.of("name", "Ada before"))
                .ok()
                .header(POSITION)
                .orElseThrow());

        Reply beyond = ada.at(there.base())
                .client()
                .get("/v1/account/profile", AT_LEAST, String.valueOf(now + 1_000_000))
                .refused(400);
        assertThat(beyond.fields()).containsExactly(AT_LEAST);

        Reply read = ada.at(there.base())
                .client()
                .get("/v1/account/profile", AT_LEAST, String.valueOf(now))
                .ok();
        assertThat(read.text("user.name")).isEqualTo("Ada before");
    }

    @Test
    @Order(4)
    void eachMailLeavesOnceWhicheverSendsIt() {
        List<String> addresses =
                IntStream.range(0, MANY).mapToObj(n -> Client.unusedEmail()).toList();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            Stream<CompletableFuture<Void>> signUps = IntStream.range(0, MANY)
                    .mapToObj(n -> CompletableFuture.runAsync(
                            () -> (n % 2 == 0 ? here : there).client().signUp(addresses.get(n)), callers));
            signUps.toList().forEach(CompletableFuture::join);
        }

        await().atMost(PATIENCE).until(() -> taken().containsAll(addresses) && waiting() == 0);
        assertThat(taken()).doesNotHaveDuplicates();
        assertThat(smtpHere.taken()).as("both send").isNotEmpty();
        assertThat(smtpThere.taken()).as("both send").isNotEmpty();
    }

    @Test
    @Order(5)
    void aMailInTheHandsOfAProcessThatIsKilledIsSentByTheOtherOnce() throws Exception {
        smtpHere.hold();
        smtpThere.hold();
        List<String> addresses = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            String email = Client.unusedEmail();
            addresses.add(email);
            here.client().signUp(email);
            return !smtpHere.inHand().isEmpty();
        });
        here.kill();
        List<String> inItsHands = smtpHere.inHand();
        smtpThere.release();
        Thread.sleep(2_000);
        assertThat(smtpThere.taken()).as("nobody knows yet that it is dead").doesNotContainAnyElementsOf(inItsHands);

        // Its time is over.
        sql.update("update mails set due_at = now() where done_at is null");

        await().atMost(PATIENCE).until(() -> smtpThere.taken().containsAll(addresses) && waiting() == 0);
        Thread.sleep(1_000);
        assertThat(taken()).doesNotHaveDuplicates();
    }

    /** Another one, as the first is dead by then. */
    @Test
    @Order(6)
    void aRebuildOfAProcessThatIsStoppedIsFinishedByTheOther() throws Exception {
        ServiceProcesses.Running building = service.launch("--spring.mail.port=" + smtpHere.port());
        building.awaitReady();
        List<String> rows = rows();
        String table = identity();
        try (Connection inTheWay = service.database().getConnection()) {
            inTheWay.setAutoCommit(false);
            inTheWay.createStatement().execute("lock table projections in share mode");
            service.operator(2)
                    .post("/operator/v1/rebuilds", Map.of("projections", List.of()))
                    .ok();
            await().atMost(PATIENCE)
                    .until(() -> sql.queryForObject(
                            "select exists (select from pg_locks where not granted and relation = 'projections'::regclass)",
                            Boolean.class));
            assertThat(building.terminate()).isIn(0, 143);
        }

        await().atMost(PATIENCE)
                .until(() -> service.operator(1)
                        .get("/operator/v1/rebuilds/latest")
                        .ok()
                        .text("rebuild.state")
                        .equals("DONE"));
        assertThat(identity()).as("a new table").isNotEqualTo(table);
        assertThat(rows()).isEqualTo(rows);
        there.client().signUp(Client.unusedEmail());
    }

    /** By then it is the only one that sends; the next is there before it dies. */
    @Test
    @Order(7)
    void aMessageInTheHandsOfAProcessThatIsKilledIsSentByTheOtherWithTheSameId() {
        try (var webhookReceiver = new WebhookReceiver()) {
            String path = "/killed";
            webhookReceiver.answers(
                    path,
                    (exchange, nth) -> (nth == 1 ? WebhookReceiver.HANG : WebhookReceiver.WELL).to(exchange, nth));
            TestUser creator = there.client().signUp(Client.unusedEmail());
            await().atMost(PATIENCE).until(() -> smtpThere.link(creator.email()) != null);
            creator.client()
                    .post("/v1/account/validate/" + smtpThere.link(creator.email()))
                    .ok();
            TestUser owner = creator.creator("starter");
            owner.webhook(webhookReceiver.url(path), "credential");
            owner.token("USER");
            String id = webhookReceiver.awaitAt(path, 1).getFirst().id();
            there.kill();

            service.launch("--spring.mail.port=" + smtpHere.port()).awaitReady();

            assertThat(webhookReceiver.awaitAt(path, 2))
                    .extracting(WebhookReceiver.Received::id)
                    .containsExactly(id, id);
        }
    }

    private List<String> taken() {
        return Stream.of(smtpHere, smtpThere)
                .flatMap(smtp -> smtp.taken().stream())
                .toList();
    }

    private long waiting() {
        return sql.queryForObject("select count(*) from mails where done_at is null", Long.class);
    }

    private List<String> rows() {
        return sql.queryForList("select a::text from users a order by 1", String.class);
    }

    private String identity() {
        return String.valueOf(sql.queryForObject("select 'public.users'::regclass::oid::text", String.class));
    }
}
