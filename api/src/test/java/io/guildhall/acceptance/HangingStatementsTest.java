package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A request whose statement hangs, for example on a lock, is answered with 503. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class HangingStatementsTest {

    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final ServiceProcesses service = ServiceProcesses.with(
                    "--spring.datasource.hikari.data-source-properties.socketTimeout=" + LONGEST.toSeconds())
            .started(1);
    private final Client client = service.get(0).client();
    private final TestUser ada = client.newcomer().creator("starter");

    @AfterAll
    void end() {
        service.close();
    }

    @Test
    void isRefusedAndLeavesNothingBehind() throws Exception {
        String organization = ada.organization();
        Map<String, String> token = Map.of("name", "a token", "type", "USER", "organization_id", organization);
        assertEnds("members", () -> ada.client().get("/v1/organization_members"));
        assertEnds("events", () -> ada.client().post("/v1/credentials", token));

        ada.client().get("/v1/organization_members").ok();
        ada.client().get("/v1/activities/export").ok();
        ada.client().post("/v1/credentials", token).ok();
        List<String> named = ada.client().get("/v1/credentials").ok().texts("credentials", "id");
        assertThat(PagedTrail.ofOrganization(ada).objects("created credential"))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    private interface Call {
        Reply run();
    }

    private void assertEnds(String locked, Call call) throws SQLException {
        try (Connection lock = service.database().getConnection()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table %s in access exclusive mode".formatted(locked));
            long begun = System.nanoTime();
            Reply refused = call.run().refused(503);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(LONGEST, LONGEST.multipliedBy(4));
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.text("type")).isEqualTo("/problems/store-unavailable");
            if (!locked.equals("events")) {
                // Background jobs read the events, too.
                await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);
            }
            lock.rollback();
        }
    }

    /** Statements that wait for a lock for a request that has been answered. */
    private long waiting() {
        return JdbcClient.create(service.database()).sql("""
                        select count(*) from pg_stat_activity
                        where wait_event_type = 'Lock' and datname = current_database()
                        """).query(Long.class).single();
    }
}
