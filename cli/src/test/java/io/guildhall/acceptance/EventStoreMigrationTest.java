package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guildhall.cli.events.EventsCommand;
import io.guildhall.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A service whose events move to a real Axon Server, and back again. */
@Tag("e2e")
class EventStoreMigrationTest {

    private static final List<String> IN_THE_SERVER =
            List.of("--axon.axonserver.enabled=true", "--axon.axonserver.servers=" + AxonServer.moved());

    private final TestDatabase database = TestDatabase.empty();

    @BeforeAll
    static void needsAServer() {
        assumeTrue(AxonServer.moved() != null, "Needs an empty Axon Server: -Daxonserver.moved=HOST:PORT");
    }

    @Test
    void takesEverythingAlongAndBack() throws Exception {
        try (ServiceProcesses service = ServiceProcesses.on(database)) {
            TenantFixture tenantFixture =
                    TenantFixture.of(service.start().client().newcomer());
            List<String> before = told(tenantFixture.creator());
            assertThat(move(service, "postgres", "axonserver")).contains("The service is running on this database");
            service.get(0).terminate();

            assertThat(move(service, "postgres", "axonserver"))
                    .contains("are in both stores, the same in the same order");

            ServiceProcesses.Running there = service.launch(IN_THE_SERVER.toArray(String[]::new));
            there.awaitReady();
            TestUser creator = tenantFixture.creator().at(there.base());
            assertThat(told(creator)).isEqualTo(before);
            assertHolds(service, there, tenantFixture);
            creator.client()
                    .as(tenantFixture.userToken().value())
                    .get("/v1/activities")
                    .ok();
            TestUser.Token made = creator.token("USER");
            creator.welcome(there.client().newcomer());
            List<String> more = told(creator);
            assertThat(more).hasSizeGreaterThan(before.size()).endsWith(before.toArray(String[]::new));
            assertThat(there.terminate()).isEqualTo(143);

            assertThat(move(service, "axonserver", "postgres"))
                    .contains("are in both stores, the same in the same order");

            ServiceProcesses.Running back = service.start();
            creator = tenantFixture.creator().at(back.base());
            assertThat(told(creator)).isEqualTo(more);
            assertHolds(service, back, tenantFixture);
            creator.client().as(made.value()).get("/v1/activities").ok();
            creator.token("ORGANIZATION");
            DatabaseInvariants.hold(database.dataSource());
        }
    }

    /** The whole trail, newest first. */
    private static List<String> told(TestUser creator) {
        return creator.client().get("/v1/activities?limit=100").ok().texts("activities", "id");
    }

    private static void assertHolds(
            ServiceProcesses service, ServiceProcesses.Running process, TenantFixture tenantFixture) {
        assertThat(service.operator(process)
                        .post("/operator/v1/organizations/" + tenantFixture.organization() + "/check_trail")
                        .ok()
                        .at("holds")
                        .booleanValue())
                .isTrue();
    }

    private String move(ServiceProcesses service, String from, String to) {
        StringWriter said = new StringWriter();
        new CommandLine(new EventsCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    said.write(String.valueOf(failure.getMessage()));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(
                        "copy",
                        "--from=" + from,
                        "--to=" + to,
                        "--guildhall.home=" + service.mails().getParent(),
                        "--axon.axonserver.servers=" + AxonServer.moved(),
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password());
        return said.toString();
    }
}
