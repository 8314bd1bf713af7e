package io.guildhall.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guildhall.api.GuildhallApplication;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** R19, with the events in an Axon Server: the numbers of a trail are assigned when its events are projected. */
@Tag("e2e")
class TrailNumbersInAxonServerTest {

    private static final String OPERATOR_KEY = "the operators' secret of this service";

    @TempDir
    private Path home;

    @Test
    void followTheServersOrderOfAllAggregatesAndStayTheSameInARebuild() throws Exception {
        String server = System.getProperty("axonserver");
        assumeTrue(server != null, "Needs an empty Axon Server: -Daxonserver=HOST:PORT");
        TestDatabase database = TestDatabase.empty();
        List<String> arguments = List.of(
                "--axon.axonserver.enabled=true",
                "--axon.axonserver.servers=" + server,
                "--guildhall.home=" + home,
                "--guildhall.operator.key=" + OPERATOR_KEY,
                "--guildhall.throttle.requests-per-caller=1000000/1m",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--server.port=0");
        try (ConfigurableApplicationContext service =
                new SpringApplicationBuilder(GuildhallApplication.class).run(arguments.toArray(String[]::new))) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");
            Client client = new Client(URI.create("http://localhost:" + port), home.resolve("mail"));
            SharedTrailWriters trail =
                    new SharedTrailWriters(client, client.as(OPERATOR_KEY), service, database.dataSource());

            trail.isWrittenByAllAtOnce();

            trail.hasNeitherGapsNorRepeats();
            trail.isTheSameAfterARebuild();
        }
    }
}
