package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guildhall.acceptance.Attempts.Outcome;
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
class StoreFaultsTest {

    private static final String NEAR = "near";
    private static final String FAR = "far";
    private static final int ORGANIZATIONS = 4;
    private static final Duration BUSY = Duration.ofSeconds(60);

    /** A request waits for a connection twice at most, for 3 s each time. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(7);

    /** If packets vanish, a statement that was sent before waits for the socket timeout first. */
    private static final Duration VANISHED_WITHIN = Duration.ofSeconds(15);

    /** For a busy machine. */
    private static final Duration TOLERANCE = Faults.LONG ? Duration.ofSeconds(1) : Duration.ofSeconds(3);

    private final String noNamespace = Namespace.impossible();
    private StoppablePostgres store;
    private Namespace namespace;
    private Processes service;
    private Processes.Running near;
    private Processes.Running far;
    private List<Person> founders;

    @BeforeAll
    void start() throws Exception {
        store = new StoppablePostgres();
        service = Processes.on(store.seenFrom("localhost"));
        near = service.launch();
        if (noNamespace == null) {
            namespace = new Namespace();
            String url = store.seenFrom(namespace.storeHost()).url();
            far = service.launch(
                    namespace.inside(),
                    namespace.processHost(),
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
        if (namespace != null) {
            namespace.close();
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
        Attempts attempts = busy();
        long stopped = System.nanoTime();
        stop.run();
        Faults.sleep(Faults.lasting(Duration.ofSeconds(3)));
        long returning = System.nanoTime();
        long returned = store.start();
        awaitDone(attempts, returned, NEAR, FAR);
        attempts.end();

        int more = attempts.assertStoredAsTold(near.base());
        Invariants.hold(service.database());
        for (String node : List.of(NEAR, FAR)) {
            Duration back = attempts.firstDoneAfter(node, returned).orElseThrow();
            Faults.report(
                    fault,
                    ("%s node: %d done, %d refused, %d unanswered; longest wait for a refusal %d ms; works again"
                                    + " after %d ms")
                            .formatted(
                                    node,
                                    attempts.count(node, Outcome.DONE),
                                    attempts.count(node, Outcome.REFUSED),
                                    attempts.count(node, Outcome.UNANSWERED),
                                    longestRefusal(attempts, node, stopped).toMillis(),
                                    back.toMillis()));
            assertThat(attempts.of(node, Outcome.UNANSWERED))
                    .as("its process lives")
                    .isEmpty();
            assertThat(attempts.of(node, Outcome.DONE)
                            .filter(it -> it.began() > stopped + 1_000_000_000L && it.ended() < returning))
                    .as("done without a store")
                    .isEmpty();
            assertThat(attempts.count(node, Outcome.REFUSED)).isPositive();
            assertThat(longestRefusal(attempts, node, stopped)).isLessThan(REFUSED_WITHIN.plus(TOLERANCE));
            assertThat(back).isLessThan(Faults.DATABASE_BACK_WITHIN);
        }
        Faults.report(fault, more + " of the attempts that were refused had been stored before");
    }

    @Test
    @Order(3)
    void aProcessIsCutFromTheStore() throws Exception {
        assumeTrue(noNamespace == null, noNamespace);
        Duration lasts = Faults.lasting(VANISHED_WITHIN.plusSeconds(2));
        Attempts attempts = busy();
        long cut = System.nanoTime();
        namespace.cut();
        Faults.sleep(lasts);
        namespace.mend();
        long mended = System.nanoTime();
        awaitDone(attempts, mended, NEAR, FAR);
        attempts.end();

        int more = attempts.assertStoredAsTold(near.base());
        Invariants.hold(service.database());
        Duration back = attempts.firstDoneAfter(FAR, mended).orElseThrow();
        Duration held = attempts.longestGap(NEAR, cut, mended);
        Faults.report(
                "A process cut from PostgreSQL",
                ("it: %d done, %d refused, %d unanswered; longest wait for a refusal %d ms; works again after %d ms;"
                                + " the other: %d done, %d refused, longest time without any done %d ms; %d stored of what was refused")
                        .formatted(
                                attempts.count(FAR, Outcome.DONE),
                                attempts.count(FAR, Outcome.REFUSED),
                                attempts.count(FAR, Outcome.UNANSWERED),
                                longestRefusal(attempts, FAR, cut).toMillis(),
                                back.toMillis(),
                                attempts.count(NEAR, Outcome.DONE),
                                attempts.count(NEAR, Outcome.REFUSED),
                                held.toMillis(),
                                more));
        assertThat(attempts.count(FAR, Outcome.REFUSED)).isPositive();
        assertThat(longestRefusal(attempts, FAR, cut)).isLessThan(VANISHED_WITHIN.plus(TOLERANCE));
        assertThat(back).isLessThan(Faults.DATABASE_BACK_WITHIN);
        assertThat(attempts.of(NEAR, Outcome.REFUSED))
                .as("the other is not concerned")
                .isEmpty();
        assertThat(held).isLessThan(VANISHED_WITHIN.plus(TOLERANCE));
    }

    /** The last, since it is not started again here: {@code CrashTest} does that. */
    @Test
    @Order(4)
    void aProcessIsKilled() throws Exception {
        Attempts attempts = busy();
        long killed = System.nanoTime();
        far.kill();
        Faults.sleep(Duration.ofSeconds(3));
        attempts.end();

        int more = attempts.assertStoredAsTold(near.base());
        Invariants.hold(service.database());
        Duration held = attempts.longestGap(NEAR, killed, System.nanoTime());
        Faults.report(
                "A process killed",
                "the other: %d done, %d refused, longest time without any done %d ms; %d stored of what was not answered"
                        .formatted(
                                attempts.count(NEAR, Outcome.DONE),
                                attempts.count(NEAR, Outcome.REFUSED),
                                held.toMillis(),
                                more));
        assertThat(attempts.of(FAR, Outcome.REFUSED)).isEmpty();
        assertThat(attempts.of(NEAR, Outcome.REFUSED)).isEmpty();
        assertThat(attempts.of(NEAR, Outcome.UNANSWERED)).isEmpty();
        assertThat(held).isLessThan(Faults.BACK_WITHIN);
    }

    /** Under load, from which each node has done a good deal. */
    private Attempts busy() {
        var attempts = new Attempts(
                founders.stream().map(creator -> creator.at(near.base())).toList());
        Map<String, URI> nodes = Map.of(NEAR, near.base(), FAR, far.base());
        nodes.forEach(attempts::at);
        await().atMost(BUSY)
                .until(() -> Stream.of(NEAR, FAR).allMatch(node -> attempts.count(node, Outcome.DONE) > 40));
        return attempts;
    }

    private static void awaitDone(Attempts attempts, long since, String... nodes) {
        await().atMost(BUSY)
                .until(() -> Stream.of(nodes)
                        .allMatch(node -> attempts.of(node, Outcome.DONE)
                                        .filter(it -> it.began() > since)
                                        .count()
                                > 10));
    }

    private static Duration longestRefusal(Attempts attempts, String node, long since) {
        return attempts.longest(it -> it.node().equals(node) && it.outcome() == Outcome.REFUSED && it.ended() > since);
    }
}
