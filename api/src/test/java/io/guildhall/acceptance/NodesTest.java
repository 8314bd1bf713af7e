package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.TokenIssuingLoad.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three processes with an Axon Server, of which the third comes and goes. */
@Tag("e2e")
class NodesTest {

    private static final String METRICS_KEY = "the secret of the Prometheus of these nodes";
    private static final Duration BUSY = Duration.ofSeconds(60);

    /** In which the others go on. */
    private static final Duration MOVED_WITHIN = Duration.ofSeconds(15);

    /** However the server is set up. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(12);

    /** In the 15 s that a server takes that is set up as it comes, and some. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(18);

    private static ServiceProcesses service;
    private ServiceProcesses.Running third;

    @BeforeAll
    static void needsAServer() {
        service = AxonServer.pair();
    }

    @BeforeEach
    void start() {
        third = service.launch("--guildhall.metrics.key=" + METRICS_KEY);
        third.awaitReady();
    }

    @AfterEach
    void end() throws Exception {
        third.kill();
        DatabaseInvariants.hold(service.database());
        for (int n = 0; n < 3; n++) {
            assertThat(node(n).lastWords())
                    .as("queries of others are answered")
                    .doesNotContain("exception when processing query");
        }
    }

    @Test
    void handleEachOthersCommandsAndKeepTheRulesTogether() {
        assertThat(theirs().findFirst()).as("somebody whom the third serves").isPresent();
        List<TestUser> founders = IntStream.range(0, 3)
                .mapToObj(n -> service.get(n % 2).client().newcomer().creator("startup"))
                .toList();

        TestUser creator = founders.getFirst();
        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(
                        caller -> creator.at(node(caller).base())
                                .client()
                                .post("/v1/organization_invitations", Map.of("email", Client.unusedEmail())))
                .othersRefused(400, "email", "The plan startup has 6 seats");
        assertThat(concurrentRequests.won()).hasSize(5);

        TestUser member = founders.get(1).welcome(founders.get(2));
        TestUser.Token token = member.token("USER");
        for (int n = 0; n < 3; n++) {
            assertThat(members(n, token).status()).isEqualTo(200);
        }
        founders.get(1).at(node(2).base()).remove(member.membership()).ok();
        for (int n = 0; n < 3; n++) {
            assertThat(members(n, token).status()).as("removed, at node " + n).isEqualTo(403);
        }
    }

    @Test
    void goOnWhenOneIsKilled() throws Exception {
        TokenIssuingLoad tokenIssuingLoad = busy(3);
        long killed = System.nanoTime();
        third.kill();
        FaultDurations.sleep(Duration.ofSeconds(3));
        tokenIssuingLoad.end();

        int more = tokenIssuingLoad.assertStoredAsTold(service.get(0).base());
        Duration held = Stream.of("0", "1")
                .map(node -> tokenIssuingLoad.longestGap(node, killed, System.nanoTime()))
                .max(Duration::compareTo)
                .orElseThrow();
        FaultDurations.report(
                "One of three nodes killed",
                "the others: %d done, %d refused, longest time without any done %d ms; %d stored of what was not answered"
                        .formatted(
                                tokenIssuingLoad.count("0", Outcome.DONE) + tokenIssuingLoad.count("1", Outcome.DONE),
                                tokenIssuingLoad.count("0", Outcome.REFUSED)
                                        + tokenIssuingLoad.count("1", Outcome.REFUSED),
                                held.toMillis(),
                                more));
        assertThat(held).isLessThan(MOVED_WITHIN);
        assertThat(tokenIssuingLoad.of("0", Outcome.UNANSWERED)).isEmpty();
        assertThat(tokenIssuingLoad.of("1", Outcome.UNANSWERED)).isEmpty();
    }

    /** What it was handed is not answered, and its outcome not known; it may come when the process goes on. */
    @Test
    void goOnWhenOneHangs() throws Exception {
        List<TestUser> founders = Stream.concat(
                        theirs().limit(2),
                        IntStream.range(0, 2)
                                .mapToObj(
                                        n -> service.get(n).client().newcomer().creator("pro")))
                .toList();
        TokenIssuingLoad tokenIssuingLoad = busy(founders, 2);
        long hung = System.nanoTime();
        third.hang();
        FaultDurations.sleep(FaultDurations.lasting(Duration.ofSeconds(20)));
        third.goOn();
        long back = System.nanoTime();
        FaultDurations.sleep(Duration.ofSeconds(3));
        tokenIssuingLoad.end();

        int more = tokenIssuingLoad.assertStoredAsTold(service.get(0).base());
        long lost = tokenIssuingLoad
                .lastBegun(it -> it.outcome() == Outcome.REFUSED && it.began() > hung && it.began() < back)
                .orElse(hung);
        FaultDurations.report(
                "One of three nodes hanging",
                "the others: %d done, %d refused, slowest refusal %d ms; the last that is refused began after %d ms; %d stored of what was refused"
                        .formatted(
                                tokenIssuingLoad.count("0", Outcome.DONE) + tokenIssuingLoad.count("1", Outcome.DONE),
                                tokenIssuingLoad.count("0", Outcome.REFUSED)
                                        + tokenIssuingLoad.count("1", Outcome.REFUSED),
                                tokenIssuingLoad
                                        .longest(it -> it.outcome() == Outcome.REFUSED)
                                        .toMillis(),
                                Duration.ofNanos(lost - hung).toMillis(),
                                more));
        for (String node : List.of("0", "1")) {
            assertThat(tokenIssuingLoad.of(node, Outcome.UNANSWERED)).isEmpty();
        }
        assertThat(tokenIssuingLoad.longest(it -> it.outcome() == Outcome.REFUSED))
                .isLessThan(REFUSED_WITHIN);
        assertThat(lost - hung).as("the server notices").isLessThan(NOTICED_WITHIN.toNanos());
        assertThat(theirs().findFirst())
                .as("somebody whom the third serves again")
                .isPresent();
    }

    @Test
    void failNothingThatAnotherWasAskedWhenOneEnds() throws Exception {
        TokenIssuingLoad tokenIssuingLoad = busy(2);
        double handled = appended(third);
        assertThat(handled).as("it has a part in this").isPositive();
        long ended = System.nanoTime();
        assertThat(third.terminate()).isEqualTo(143);
        FaultDurations.sleep(Duration.ofSeconds(2));
        tokenIssuingLoad.end();

        tokenIssuingLoad.assertStoredAsTold(service.get(0).base());
        FaultDurations.report(
                "One of three nodes ended by SIGTERM",
                "the others: %d done, longest time without any done %d ms"
                        .formatted(
                                tokenIssuingLoad.count("0", Outcome.DONE) + tokenIssuingLoad.count("1", Outcome.DONE),
                                tokenIssuingLoad
                                        .longestGap("0", ended, System.nanoTime())
                                        .toMillis()));
        for (String node : List.of("0", "1")) {
            assertThat(tokenIssuingLoad.of(node, Outcome.REFUSED)).isEmpty();
            assertThat(tokenIssuingLoad.of(node, Outcome.UNANSWERED)).isEmpty();
        }
    }

    /** Callers of so many nodes, from each of which each has done a good deal. */
    private TokenIssuingLoad busy(int nodes) {
        return busy(
                IntStream.range(0, 4)
                        .mapToObj(n -> service.get(n % 2).client().newcomer().creator("pro"))
                        .toList(),
                nodes);
    }

    /** Founders whose organizations' commands the third is asked for, as the server chooses. */
    private Stream<TestUser> theirs() {
        return Stream.generate(() -> service.get(0).client().newcomer().creator("pro"))
                .limit(60)
                .filter(creator -> {
                    double before = appended(third);
                    rename(creator);
                    return appended(third) > before;
                });
    }

    private static void rename(TestUser creator) {
        creator.client()
                .put("/v1/organizations/" + creator.organization() + "/name", Map.of("name", Client.unusedName()))
                .ok();
    }

    private TokenIssuingLoad busy(List<TestUser> founders, int nodes) {
        var tokenIssuingLoad = new TokenIssuingLoad(founders);
        IntStream.range(0, nodes).forEach(n -> tokenIssuingLoad.at(Integer.toString(n), node(n).base()));
        await().atMost(BUSY)
                .until(() -> IntStream.range(0, nodes)
                        .allMatch(n -> tokenIssuingLoad.count(Integer.toString(n), Outcome.DONE) > 40));
        return tokenIssuingLoad;
    }

    private ServiceProcesses.Running node(int n) {
        return n % 3 == 2 ? third : service.get(n % 3);
    }

    private Reply members(int node, TestUser.Token token) {
        return node(node).client().as(token.value()).get("/v1/organization_members");
    }

    private static double appended(ServiceProcesses.Running node) {
        return node.client()
                .as(METRICS_KEY)
                .get("/actuator/prometheus")
                .ok()
                .body()
                .lines()
                .filter(line -> line.startsWith("guildhall_append_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
