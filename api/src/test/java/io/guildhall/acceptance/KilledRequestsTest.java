package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code Idempotency-Key} over the death of a process, and over two processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class KilledRequestsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServiceProcesses service = ServiceProcesses.withEmbeddedDatabase();

    @AfterAll
    void close() {
        service.close();
    }

    private record Call(String path, Map<String, String> body, String key) {

        Call(String path, Map<String, String> body) {
            this(path, body, UUID.randomUUID().toString());
        }

        Reply by(Client caller) {
            return caller.post(path, body, "Idempotency-Key", key);
        }
    }

    /** Killed when everything is committed and no answer is kept: a trigger holds that up. */
    @Test
    void areAnsweredByTheNextProcessAndDoneOnce() throws Exception {
        ServiceProcesses.Running first = service.start();
        JdbcClient sql = JdbcClient.create(service.database());
        TestUser creator = first.client().newcomer().creator("pro");
        String newcomer = Client.unusedEmail();
        String invited = Client.unusedEmail();
        Call signUp = new Call("/v1/account/signup", Map.of("email", newcomer, "password", Client.PASSWORD));
        Call found = new Call("/v1/organizations", Map.of("name", Client.unusedName()));
        Call issue = new Call("/v1/credentials", Map.of("name", "deploy", "type", "USER"));
        Call invite = new Call("/v1/organization_invitations", Map.of("email", invited));
        holdUpKeeping(sql);

        try (Connection holdUp = service.database().getConnection();
                Statement statement = holdUp.createStatement();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("select pg_advisory_lock(1)");
            callers.submit(() -> signUp.by(first.client()));
            List.of(found, issue, invite).forEach(call -> callers.submit(() -> call.by(creator.client())));
            await().atMost(PATIENCE).until(() -> waiting(sql) == 4);
            first.kill();
            sql.sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted")
                    .query()
                    .listOfRows();
        }
        sql.sql("drop trigger hold_up on idempotency_keys").update();
        assertThat(sql.sql("update idempotency_keys set leased_until = now() where reply is null")
                        .update())
                .isEqualTo(4);
        long events = events(sql);
        ServiceProcesses.Running next = service.start();
        // The embedded PostgreSQL has another port after each start.
        JdbcClient restarted = JdbcClient.create(service.database());
        TestUser here = creator.at(next.base());

        assertThat(signUp.by(next.client()).ok().text("token.id")).isNotEmpty();
        found.by(here.client()).ok();
        String value = issue.by(here.client()).ok().text("credential.token");
        invite.by(here.client()).ok();

        assertThat(events(restarted)).as("done once").isEqualTo(events);
        here.with(value).client().get("/v1/account/organization").ok();
        next.client().mailbox().link(newcomer, Mailbox.VALIDATION);
        next.client().mailbox().link(invited, Mailbox.INVITATION);
        assertThat(restarted
                        .sql("select count(*) from mails where kind in ('EMAIL_VALIDATION', 'INVITATION')")
                        .query(Long.class)
                        .single())
                .as("the founder's, the newcomer's, the invited's")
                .isEqualTo(3);
        DatabaseInvariants.hold(service.database());
    }

    @Test
    void haveOneEffectOnTwoProcesses() throws Exception {
        ServiceProcesses pair = ServiceProcesses.pair();
        TestUser ada = pair.get(0).client().newcomer();
        Call found = new Call("/v1/organizations", Map.of("name", Client.unusedName()));

        List<Future<Reply>> replies = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                Client caller = ada.at(pair.get(i % 2).base()).client();
                replies.add(callers.submit(() -> found.by(caller)));
            }
        }

        Set<String> bodies = new HashSet<>();
        for (Future<Reply> reply : replies) {
            bodies.add(reply.get().ok().body());
        }
        assertThat(bodies).hasSize(1);
    }

    /** The lease is over while its process still lives, and another process is let in: only one of the two has any effect. */
    @Test
    void haveOneEffectWhenTheFirstProcessWasOnlySlow() throws Exception {
        ServiceProcesses pair = ServiceProcesses.pair();
        JdbcClient sql = JdbcClient.create(pair.database());
        TestUser ada = pair.get(0).client().newcomer();
        Call found = new Call("/v1/organizations", Map.of("name", Client.unusedName()));

        Reply second;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> slow;
            Future<Reply> next;
            try (Connection holdUp = pair.database().getConnection();
                    Statement statement = holdUp.createStatement()) {
                holdUp.setAutoCommit(false);
                statement.execute("lock table events in exclusive mode");
                slow = callers.submit(() -> found.by(ada.client()));
                await().atMost(PATIENCE).until(() -> blocked(sql) == 1);
                sql.sql("update idempotency_keys set leased_until = now() where reply is null")
                        .update();
                next = callers.submit(() -> found.by(ada.at(pair.get(1).base()).client()));
                await().atMost(PATIENCE).until(() -> blocked(sql) == 2);
                holdUp.rollback();
            }
            slow.get().refused(503);
            second = next.get().ok();
        }

        assertThat(ada.client().get("/v1/account/organizations").ok().texts("organizations", "id"))
                .containsExactly(second.text("organization.id"));
        assertThat(found.by(ada.client()).ok().body()).isEqualTo(second.body());
    }

    private static void holdUpKeeping(JdbcClient sql) {
        sql.sql("""
                create function hold_up() returns trigger language plpgsql as
                'begin perform pg_advisory_xact_lock_shared(1); return new; end'
                """).update();
        sql.sql("""
                create trigger hold_up before update on idempotency_keys for each row
                when (new.reply is not null) execute function hold_up()
                """).update();
    }

    private static long waiting(JdbcClient sql) {
        return sql.sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                .query(Long.class)
                .single();
    }

    /** Appends that wait: one for the table of events, the other for the row of the same trail. */
    private static long blocked(JdbcClient sql) {
        return sql.sql("select count(distinct pid) from pg_locks where not granted")
                .query(Long.class)
                .single();
    }

    private static long events(JdbcClient sql) {
        return sql.sql("select count(*) from events").query(Long.class).single();
    }
}
