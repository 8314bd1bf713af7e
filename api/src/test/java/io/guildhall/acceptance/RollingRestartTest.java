package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** Two processes behind a TCP balancer that checks their readiness are stopped and started in turn, and no caller notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class RollingRestartTest {

    private static final int ORGANIZATIONS = 4;
    private static final Duration AT_ONCE = Duration.ofMillis(60);
    /** Longer than what most balancers check at, shorter than the drain. */
    private static final Duration IDLE = Duration.ofMillis(1_200);

    private final List<Integer> ports = List.of(freePort(), freePort());
    private final ServiceProcesses service = ServiceProcesses.with("--guildhall.shutdown.drain=2s");

    @AfterAll
    void close() {
        service.close();
    }

    @Test
    void failsNoRequest(TestReporter reporter) throws Exception {
        List<ServiceProcesses.Running> nodes = ports.stream()
                .map(port -> service.launch("--server.port=" + port))
                .toList();
        nodes.forEach(ServiceProcesses.Running::awaitReady);
        List<TestUser> founders = IntStream.range(0, ORGANIZATIONS)
                .parallel()
                .mapToObj(n -> nodes.get(n % 2).client().newcomer().creator("pro"))
                .toList();
        List<String> organizations =
                founders.stream().map(TestUser::organization).toList();

        var keepAliveLoad = new KeepAliveLoad();
        try (TcpLoadBalancer tcpLoadBalancer = new TcpLoadBalancer(ports)) {
            KeepAliveLoad.Follower eventStreamClient =
                    keepAliveLoad.follow(tcpLoadBalancer.address(), founders.getFirst());
            for (int n = 0; n < ORGANIZATIONS; n++) {
                String organization = organizations.get(n);
                keepAliveLoad.call(tcpLoadBalancer.address(), founders.get(n), organization, true, AT_ONCE);
                keepAliveLoad.call(tcpLoadBalancer.address(), founders.get(n), organization, true, IDLE);
                keepAliveLoad.call(tcpLoadBalancer.address(), founders.get(n), organization, false, IDLE);
            }
            for (int n = 0; n < nodes.size(); n++) {
                int before = keepAliveLoad.requests.get();
                await().atMost(Duration.ofSeconds(30)).until(() -> keepAliveLoad.requests.get() > before + 100);
                assertThat(nodes.get(n).terminate()).as("ended by SIGTERM").isEqualTo(143);
                service.launch("--server.port=" + ports.get(n)).awaitReady();
            }
            keepAliveLoad.end();

            reporter.publishEntry(
                    "rolling restart",
                    "%d requests, %d failed, %d answers that closed their connection, %d streams"
                            .formatted(
                                    keepAliveLoad.requests.get(),
                                    keepAliveLoad.failures.size(),
                                    keepAliveLoad.connections.get(),
                                    eventStreamClient.streams));
            assertThat(keepAliveLoad.failures).isEmpty();
            for (int n = 0; n < ORGANIZATIONS; n++) {
                TestUser creator = founders.get(n).at(tcpLoadBalancer.address());
                assertThat(new HashSet<>(PagedTrail.ofOrganization(creator).objects("created credential")))
                        .isEqualTo(new HashSet<>(keepAliveLoad.made.get(organizations.get(n))));
            }
            assertThat(eventStreamClient.streams).as("ended with each process").isBetween(2, 5);
            assertThat(eventStreamClient.sequences)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, eventStreamClient.sequences.size())
                            .boxed()
                            .toList());
        }
        DatabaseInvariants.hold(service.database());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
