package io.guildhall.acceptance;

import io.guildhall.api.GuildhallApplication;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it is, on a database and a home of its own; started once for all who extend this. */
@SpringBootTest(classes = GuildhallApplication.class, webEnvironment = WebEnvironment.DEFINED_PORT)
abstract class AcceptanceTestBase {

    static final String OPERATOR_KEY = "the operators' secret of these tests";

    static final String METRICS_KEY = "the secret of the Prometheus of these tests";

    static final String SUPPORT_CONTACT = "help@example.org";

    static final int SIGN_INS_PER_ADDRESS = 300;

    static final TestDatabase DATABASE = TestDatabase.empty();

    static final Path HOME = temporary();
    private static final int PORT = freePort();

    private static final URI BASE = URI.create("http://localhost:" + PORT);

    /** Every reply to any of the tests is compared with the published contract, and with what the service says of itself. */
    final Client client = new Client(BASE, HOME.resolve("mail"))
            .watchedBy(new ContractValidator.Witness().andThen(ApiDescriptionValidator.witness(BASE)));

    final Client operator = client.as(OPERATOR_KEY);

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry properties) {
        DATABASE.describeTo(properties::add);
        properties.add("guildhall.home", HOME::toString);
        if (AxonServer.served() != null) {
            properties.add("axon.axonserver.enabled", () -> true);
            properties.add("axon.axonserver.servers", AxonServer::served);
        }
        // Known before it listens, since addresses in replies lead there.
        properties.add("server.port", () -> PORT);
        properties.add("guildhall.operator.key", () -> OPERATOR_KEY);
        properties.add("guildhall.metrics.key", () -> METRICS_KEY);
        properties.add("guildhall.support-contact", () -> SUPPORT_CONTACT);
        // So few that aggregates are often restored from snapshots.
        properties.add("guildhall.aggregates-kept", () -> 20);
        properties.add("guildhall.events-between-snapshots", () -> 3);
        // All tests together come from one address, and some of them ask every route everything.
        properties.add("guildhall.throttle.requests-per-caller", () -> "1000000/1m");
        properties.add("guildhall.throttle.sign-in-per-address", () -> SIGN_INS_PER_ADDRESS + "/1m");
        properties.add("guildhall.throttle.sign-in-failures-per-address", () -> SIGN_INS_PER_ADDRESS + "/1m");
        properties.add("guildhall.throttle.sign-up-per-address", () -> "1000/1m");
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("guildhall-acceptance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
