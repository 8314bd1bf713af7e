package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A process is killed at the moment at which its rebuild takes over. */
@Tag("e2e")
class KilledRebuildTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String ROWS = "select m::text from members m order by 1";
    private static final String MAILS = "select id::text || outcome || done_at from mails order by 1";

    @Test
    void leavesWhatIsInUseAndAnotherProcessGoesOn() throws SQLException {
        try (ServiceProcesses serviceProcesses = ServiceProcesses.with()) {
            Client client = serviceProcesses.start().client();
            TestUser creator = client.newcomer().creator("starter");
            TestUser guest = creator.welcome(client.newcomer());
            JdbcTemplate sql = new JdbcTemplate(serviceProcesses.database());
            await().atMost(PATIENCE)
                    .until(() -> sql.queryForList("select id from mails where outcome is null")
                            .isEmpty());
            List<String> rows = sql.queryForList(ROWS, String.class);
            List<String> mails = sql.queryForList(MAILS, String.class);
            String table = identity(sql);

            try (Connection inTheWay = serviceProcesses.database().getConnection()) {
                inTheWay.setAutoCommit(false);
                inTheWay.createStatement().execute("lock table projections in share mode");
                serviceProcesses
                        .operator(0)
                        .post("/operator/v1/rebuilds", Map.of("projections", List.of()))
                        .ok();
                await().atMost(PATIENCE)
                        .until(() -> sql.queryForObject(
                                "select exists (select from pg_locks where not granted and relation = 'projections'::regclass)",
                                Boolean.class));
                serviceProcesses.get(0).kill();
            }

            client = serviceProcesses.start().client();
            assertThat(client.as(guest.session())
                            .get("/v1/organization_members")
                            .ok()
                            .texts("members", "user.id"))
                    .contains(guest.id(), creator.id());
            await().atMost(PATIENCE)
                    .until(() -> serviceProcesses
                            .operator(1)
                            .get("/operator/v1/rebuilds/latest")
                            .ok()
                            .text("rebuild.state")
                            .equals("DONE"));

            assertThat(identity(sql)).as("a new table").isNotEqualTo(table);
            assertThat(sql.queryForList(ROWS, String.class)).isEqualTo(rows);
            assertThat(sql.queryForList(MAILS, String.class))
                    .as("nothing is sent again")
                    .isEqualTo(mails);
            creator.at(client.base()).welcome(client.newcomer());
            DatabaseInvariants.hold(serviceProcesses.database());
        }
    }

    private static String identity(JdbcTemplate sql) {
        return String.valueOf(sql.queryForObject("select 'public.members'::regclass::oid::text", String.class));
    }
}
