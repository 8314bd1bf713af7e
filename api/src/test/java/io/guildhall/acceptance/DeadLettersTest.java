package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** On two processes, with constraints that tables of projections should not have. */
@Tag("e2e")
class DeadLettersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Client> serviceProcesses =
            Stream.of(0, 1).map(it -> ServiceProcesses.pair().get(it).client()).toList();
    private final List<Client> operators =
            Stream.of(0, 1).map(it -> ServiceProcesses.pair().operator(it)).toList();
    private final JdbcTemplate sql = new JdbcTemplate(ServiceProcesses.pair().database());
    private final TestUser ada = serviceProcesses.get(0).newcomer().creator("startup");
    private final String acme = ada.organization();

    private void poison(String table, String condition) {
        sql.execute("alter table %s add constraint poison check (%s) not valid".formatted(table, condition));
    }

    private void mend(String table) {
        sql.execute("alter table %s drop constraint if exists poison".formatted(table));
    }

    @AfterEach
    void leavesNothingBehind() {
        mend("organizations");
        mend("members");
        operators.get(0).post("/operator/v1/dead_letters/retry", Map.of()).ok();
        assertThat(letters(0).at("count").intValue()).isZero();
        DatabaseInvariants.hold(ServiceProcesses.pair().database());
    }

    private Reply letters(int process) {
        return operators.get(process).get("/operator/v1/dead_letters").ok();
    }

    private void rename(TestUser creator, int process, String name) {
        creator.at(serviceProcesses.get(process).base())
                .client()
                .put("/v1/organizations/" + creator.organization() + "/name", Map.of("name", name))
                .ok();
    }

    private String nameOf(TestUser creator, int process) {
        return creator.at(serviceProcesses.get(process).base())
                .client()
                .get("/v1/account/organization")
                .ok()
                .text("organization.name");
    }

    private static String poisonous() {
        return "poison-" + Client.unusedName();
    }

    @Test
    void holdOneOrganizationInOneProjectionAndNothingElse() {
        poison("organizations", "name not like 'poison-%'");
        String before = nameOf(ada, 0);
        TestUser bob = serviceProcesses.get(1).newcomer().creator("starter");
        int activities = TrailActivity.trail(ada.client()).size();
        String poisonous = poisonous();

        rename(ada, 0, poisonous);
        // Behind it, at the other process, and for that projection alone.
        ada.at(serviceProcesses.get(1).base()).choose(acme, "pro");
        String further = Client.unusedName();
        rename(bob, 0, further);

        assertThat(nameOf(bob, 1)).isEqualTo(further);
        assertThat(nameOf(ada, 1)).isEqualTo(before);
        assertThat(TrailActivity.trail(ada.client())).hasSize(activities + 2);
        Reply letters = letters(1);
        assertThat(letters.texts("dead_letters", "projection")).containsOnly("organizations");
        assertThat(letters.texts("dead_letters", "stream_id")).containsOnly(acme);
        assertThat(letters.texts("dead_letters", "state")).containsExactly("POISONED", "WAITING");
        assertThat(letters.texts("dead_letters", "event"))
                .containsExactly("organization.renamed", "organization.plan_changed");
        assertThat(letters.text("dead_letters.0.reason"))
                .contains("23514", "poison")
                .doesNotContain(poisonous);
        for (Client operator : operators) {
            Reply projections = operator.get("/operator/v1/projections").ok();
            assertThat(projections.at("dead_letters").intValue()).isEqualTo(2);
            assertThat(projections.texts("projections", "state"))
                    .containsOnlyOnce("DEGRADED")
                    .contains("LIVE");
            await().atMost(PATIENCE)
                    .until(() ->
                            operator.get("/actuator/health").ok().text("status").equals("DEGRADED"));
        }

        assertThat(retry(0)).isEqualTo("0 projected, 2 left");
        mend("organizations");
        assertThat(retry(1)).isEqualTo("2 projected, 0 left");

        assertThat(nameOf(ada, 0)).isEqualTo(poisonous);
        assertThat(ada.client().get("/v1/account/organization").ok().text("organization.plan"))
                .isEqualTo("pro");
        await().atMost(PATIENCE)
                .until(() -> operators
                        .get(0)
                        .get("/actuator/health")
                        .ok()
                        .text("status")
                        .equals("UP"));
    }

    private String retry(int process) {
        Reply outcome = operators
                .get(process)
                .post("/operator/v1/dead_letters/retry", Map.of("projection", "organizations"))
                .ok();
        return outcome.at("projected") + " projected, " + outcome.at("count") + " left";
    }

    @Test
    void canBeDiscardedAfterWhichTheOthersAreProjected() {
        poison("organizations", "name not like 'poison-%'");
        String further = Client.unusedName();
        rename(ada, 0, poisonous());
        rename(ada, 1, further);
        String id = letters(1).text("dead_letters.0.id");

        operators.get(1).post("/operator/v1/dead_letters/" + id + "/discard").ok();

        assertThat(nameOf(ada, 0)).isEqualTo(further);
        operators.get(0).post("/operator/v1/dead_letters/" + id + "/retry").refused(404);
    }

    /** Whoever appends meanwhile waits behind what waits, and is never left behind alone. */
    @Test
    void keepTheOrderWhileBothProcessesWriteAndRetry() {
        for (int round = 0; round < 3; round++) {
            poison("organizations", "name not like 'poison-%'");
            rename(ada, 0, poisonous());
            mend("organizations");

            ConcurrentRequests.atOnce(6, caller -> {
                for (int n = 0; n < 5; n++) {
                    if (caller < 4) {
                        rename(ada, caller % 2, Client.unusedName());
                    } else {
                        operators
                                .get(caller % 2)
                                .post("/operator/v1/dead_letters/retry", Map.of())
                                .ok();
                    }
                }
                return true;
            });
            operators.get(0).post("/operator/v1/dead_letters/retry", Map.of()).ok();

            assertThat(letters(0).at("count").intValue()).isZero();
        }

        operators
                .get(0)
                .post("/operator/v1/rebuilds", Map.of("projections", List.of("organizations")))
                .ok();
        await().atMost(Duration.ofSeconds(60)).until(() -> !rebuild().equals("BUILDING"));
        assertThat(rebuild())
                .as("made of all events in their order, it is the same")
                .isEqualTo("DONE");
    }

    private String rebuild() {
        return operators.get(0).get("/operator/v1/rebuilds/latest").ok().text("rebuild.state");
    }

    /** R17: not even then is anybody let in who was removed. */
    @Test
    void letNobodyInWhoseRemovalIsAmongThem() {
        TestUser eve = ada.welcome(serviceProcesses.get(1).newcomer());
        TestUser elsewhere = eve.creator("starter");
        TestUser.Token token = eve.token("USER");
        poison("members", "ended is null or organization <> '%s'".formatted(acme));
        String membership = eve.membership();

        ada.remove(membership).ok();

        IntStream.range(0, 2).forEach(process -> {
            Client client = serviceProcesses.get(process);
            client.as(eve.session()).get("/v1/organization_members").refused(503);
            client.as(token.value()).get("/v1/activities").refused(503);
            client.as(elsewhere.session()).get("/v1/organization_members").ok();
        });

        mend("members");
        operators.get(1).post("/operator/v1/dead_letters/retry", Map.of()).ok();

        IntStream.range(0, 2).forEach(process -> {
            Client client = serviceProcesses.get(process);
            client.as(eve.session()).get("/v1/organization_members").refused(403);
            client.as(token.value()).get("/v1/activities").refused(403);
            client.as(ada.session()).get("/v1/organization_members").ok();
        });
    }
}
