package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guildhall.acceptance.TokenIssuingLoad.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two processes on a PostgreSQL that goes away and comes back, under load. Whoever is refused meanwhile is refused soon, with 503; what
 * was acknowledged stays; soon after its return everything works. The faults last 30 s with {@code -Dfaults}, a few seconds without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("e2e")
class PostgresOutageTest {

    private static final String NEAR = "near";
    private static final String FAR = "far";
    private static final int ORGANIZATIONS = 4;
    private static final Duration BUSY = Duration.ofSeconds(60);

    /** A request waits for a connection twice at most, for 3 s each time. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(7);

    /** If packets vanish, a statement that was sent before waits for the socket timeout first. */
    private static final Duration VANISHED_WITHIN = Duration.ofSeconds(15);

    /** For a busy machine. */
    private static final Duration TOLERANCE = FaultDurations.LONG ? Duration.ofSeconds(1) : Duration.ofSeconds(3);

    private final String noNamespace = NetworkNamespace.impossible();
    private RestartablePostgres store;
    private NetworkNamespace networkNamespace;
    private ServiceProcesses service;
    private ServiceProcesses.Running near;
    private ServiceProcesses.Running far;
    private List<TestUser> founders;

    @BeforeAll
    void start() throws Exception {
        store = new RestartablePostgres();
        service = ServiceProcesses.on(store.seenFrom("localhost"));
        near = service.launch();
        if (noNamespace == null) {
            networkNamespace = new NetworkNamespace();
            String url = store.seenFrom(networkNamespace.storeHost()).url();
            far = service.launch(
                    networkNamespace.inside(),
                    networkNamespace.processHost(),
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=postgres");
        } else {
            far = service.launch();
        }
        near.awaitReady();
        far.awaitReady();
        founders = IntStream.range(0, ORGANIZATIONS)
                .mapToObj(n -> near.client().newcomer().creator("pro"))
                .toList();
    }

    @AfterAll
    void close() {
        service.close();
        if (networkNamespace != null) {
            networkNamespace.close();
        }
        store.close();
    }

    @Test
    @Order(1)
    void postgresIsStoppedAndStarted() throws Exception {
        outage("PostgreSQL stopped and started", store::stop);
    }

    @Test
    @Order(2)
    void postgresIsKilledAndStarted() throws Exception {
        outage("PostgreSQL killed and started", store::kill);
    }

    private interface Call {
        void run() throws Exception;
    }

    private void outage(String fault, Call stop) throws Exception {
        TokenIssuingLoad tokenIssuingLoad = busy();
        long stopped = System.nanoTime();
        stop.run();
        FaultDurations.sleep(FaultDurations.lasting(Duration.ofSeconds(3)));
        long returning = System.nanoTime();
        long returned = store.start();
        awaitDone(tokenIssuingLoad, returned, NEAR, FAR);
        tokenIssuingLoad.end();

        int more = tokenIssuingLoad.assertStoredAsTold(near.base());
        DatabaseInvariants.hold(service.database());
        for (String node : List.of(NEAR, FAR)) {
            Duration back = tokenIssuingLoad.firstDoneAfter(node, returned).orElseThrow();
            FaultDurations.report(
                    fault,
                    ("%s node: %d done, %d refused, %d unanswered; longest wait for a refusal %d ms; works again"
                                    + " after %d ms")
                            .formatted(
                                    node,
                                    tokenIssuingLoad.count(node, Outcome.DONE),
                                    tokenIssuingLoad.count(node, Outcome.REFUSED),
                                    tokenIssuingLoad.count(node, Outcome.UNANSWERED),
                                    longestRefusal(tokenIssuingLoad, node, stopped)
                                            .toMillis(),
                                    back.toMillis()));
            assertThat(tokenIssuingLoad.of(node, Outcome.UNANSWERED))
                    .as("its process lives")
                    .isEmpty();
            assertThat(tokenIssuingLoad
                            .of(node, Outcome.DONE)
                            .filter(it -> it.began() > stopped + 1_000_000_000L && it.ended() < returning))
                    .as("done without a store")
                    .isEmpty();
            assertThat(tokenIssuingLoad.count(node, Outcome.REFUSED)).isPositive();
            assertThat(longestRefusal(tokenIssuingLoad, node, stopped)).isLessThan(REFUSED_WITHIN.plus(TOLERANCE));
            assertThat(back).isLessThan(FaultDurations.DATABASE_BACK_WITHIN);
        }
        FaultDurations.report(fault, more + " of the attempts that were refused had been stored before");
    }

    @Test
    @Order(3)
    void aProcessIsCutFromTheStore() throws Exception {
        assumeTrue(noNamespace == null, noNamespace);
        Duration lasts = FaultDurations.lasting(VANISHED_WITHIN.plusSeconds(2));
        TokenIssuingLoad tokenIssuingLoad = busy();
        long cut = System.nanoTime();
        networkNamespace.cut();
        FaultDurations.sleep(lasts);
        networkNamespace.mend();
        long mended = System.nanoTime();
        awaitDone(tokenIssuingLoad, mended, NEAR, FAR);
        tokenIssuingLoad.end();

        int more = tokenIssuingLoad.assertStoredAsTold(near.base());
        DatabaseInvariants.hold(service.database());
        Duration back = tokenIssuingLoad.firstDoneAfter(FAR, mended).orElseThrow();
        Duration held = tokenIssuingLoad.longestGap(NEAR, cut, mended);
        FaultDurations.report(
                "A process cut from PostgreSQL",
                ("it: %d done, %d refused, %d unanswered; longest wait for a refusal %d ms; works again after %d ms;"
                                + " the other: %d done, %d refused, longest time without any done %d ms; %d stored of what was refused")
                        .formatted(
                                tokenIssuingLoad.count(FAR, Outcome.DONE),
                                tokenIssuingLoad.count(FAR, Outcome.REFUSED),
                                tokenIssuingLoad.count(FAR, Outcome.UNANSWERED),
                                longestRefusal(tokenIssuingLoad, FAR, cut).toMillis(),
                                back.toMillis(),
                                tokenIssuingLoad.count(NEAR, Outcome.DONE),
                                tokenIssuingLoad.count(NEAR, Outcome.REFUSED),
                                held.toMillis(),
                                more));
        assertThat(tokenIssuingLoad.count(FAR, Outcome.REFUSED)).isPositive();
        assertThat(longestRefusal(tokenIssuingLoad, FAR, cut)).isLessThan(VANISHED_WITHIN.plus(TOLERANCE));
        assertThat(back).isLessThan(FaultDurations.DATABASE_BACK_WITHIN);
        assertThat(tokenIssuingLoad.of(NEAR, Outcome.REFUSED))
                .as("the other is not concerned")
                .isEmpty();
        assertThat(held).isLessThan(VANISHED_WITHIN.plus(TOLERANCE));
    }

    /** The last, since it is not started again here: {@code CrashTest} does that. */
    @Test
    @Order(4)
    void aProcessIsKilled() throws Exception {
        TokenIssuingLoad tokenIssuingLoad = busy();
        long killed = System.nanoTime();
        far.kill();
        FaultDurations.sleep(Duration.ofSeconds(3));
        tokenIssuingLoad.end();

        int more = tokenIssuingLoad.assertStoredAsTold(near.base());
        DatabaseInvariants.hold(service.database());
        Duration held = tokenIssuingLoad.longestGap(NEAR, killed, System.nanoTime());
        FaultDurations.report(
                "A process killed",
                "the other: %d done, %d refused, longest time without any done %d ms; %d stored of what was not answered"
                        .formatted(
                                tokenIssuingLoad.count(NEAR, Outcome.DONE),
                                tokenIssuingLoad.count(NEAR, Outcome.REFUSED),
                                held.toMillis(),
                                more));
        assertThat(tokenIssuingLoad.of(FAR, Outcome.REFUSED)).isEmpty();
        assertThat(tokenIssuingLoad.of(NEAR, Outcome.REFUSED)).isEmpty();
        assertThat(tokenIssuingLoad.of(NEAR, Outcome.UNANSWERED)).isEmpty();
        assertThat(held).isLessThan(FaultDurations.BACK_WITHIN);
    }

    /** Under load, from which each node has done a good deal. */
    private TokenIssuingLoad busy() {
        var tokenIssuingLoad = new TokenIssuingLoad(
                founders.stream().map(creator -> creator.at(near.base())).toList());
        Map<String, URI> nodes = Map.of(NEAR, near.base(), FAR, far.base());
        nodes.forEach(tokenIssuingLoad::at);
        await().atMost(BUSY)
                .until(() -> Stream.of(NEAR, FAR).allMatch(node -> tokenIssuingLoad.count(node, Outcome.DONE) > 40));
        return tokenIssuingLoad;
    }

    private static void awaitDone(TokenIssuingLoad tokenIssuingLoad, long since, String... nodes) {
        await().atMost(BUSY)
                .until(() -> Stream.of(nodes)
                        .allMatch(node -> tokenIssuingLoad
                                        .of(node, Outcome.DONE)
                                        .filter(it -> it.began() > since)
                                        .count()
                                > 10));
    }

    private static Duration longestRefusal(TokenIssuingLoad tokenIssuingLoad, String node, long since) {
        return tokenIssuingLoad.longest(
                it -> it.node().equals(node) && it.outcome() == Outcome.REFUSED && it.ended() > since);
    }
}
