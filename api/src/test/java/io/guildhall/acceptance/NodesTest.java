package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.Attempts.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three processes with an Axon Server, of which the third comes and goes. */
class NodesTest {

    private static final String METRICS_KEY = "the secret of the Prometheus of these nodes";
    private static final Duration BUSY = Duration.ofSeconds(60);

    /** In which the others go on. */
    private static final Duration MOVED_WITHIN = Duration.ofSeconds(5);

    private static Processes service;
    private Processes.Running third;

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
        Invariants.hold(service.database());
        for (int n = 0; n < 3; n++) {
            assertThat(node(n).lastWords())
                    .as("queries of others are answered")
                    .doesNotContain("exception when processing query");
        }
    }

    @Test
    void handleEachOthersCommandsAndKeepTheRulesTogether() {
        double before = appended(third);
        List<Person> founders = IntStream.range(0, 6)
                .mapToObj(n -> service.get(n % 2).client().newcomer().founder("startup"))
                .toList();
        assertThat(appended(third)).as("commands that others were asked for").isGreaterThan(before);

        Person founder = founders.getFirst();
        Race race = Race.between(caller -> founder.at(node(caller).base())
                        .client()
                        .post("/v1/organization_invitations", Map.of("email", Client.unusedEmail())))
                .othersRefused(400, "email", "The plan startup has 6 seats");
        assertThat(race.won()).hasSize(5);

        Person member = founders.get(1).welcome(founders.get(2));
        Person.Token token = member.token("USER");
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
        Attempts attempts = busy(3);
        long killed = System.nanoTime();
        third.kill();
        Faults.sleep(Duration.ofSeconds(3));
        attempts.end();

        int more = attempts.assertStoredAsTold(service.get(0).base());
        Duration held = Stream.of("0", "1")
                .map(node -> attempts.longestGap(node, killed, System.nanoTime()))
                .max(Duration::compareTo)
                .orElseThrow();
        Faults.report(
                "One of three nodes killed",
                "the others: %d done, %d refused, longest time without any done %d ms; %d stored of what was not answered"
                        .formatted(
                                attempts.count("0", Outcome.DONE) + attempts.count("1", Outcome.DONE),
                                attempts.count("0", Outcome.REFUSED) + attempts.count("1", Outcome.REFUSED),
                                held.toMillis(),
                                more));
        assertThat(held).isLessThan(MOVED_WITHIN);
        assertThat(attempts.of("0", Outcome.UNANSWERED)).isEmpty();
        assertThat(attempts.of("1", Outcome.UNANSWERED)).isEmpty();
    }

    @Test
    void failNothingThatAnotherWasAskedWhenOneEnds() throws Exception {
        Attempts attempts = busy(2);
        double handled = appended(third);
        assertThat(handled).as("it has a part in this").isPositive();
        long ended = System.nanoTime();
        assertThat(third.terminate()).isEqualTo(143);
        Faults.sleep(Duration.ofSeconds(2));
        attempts.end();

        attempts.assertStoredAsTold(service.get(0).base());
        Faults.report(
                "One of three nodes ended by SIGTERM",
                "the others: %d done, longest time without any done %d ms"
                        .formatted(
                                attempts.count("0", Outcome.DONE) + attempts.count("1", Outcome.DONE),
                                attempts.longestGap("0", ended, System.nanoTime())
                                        .toMillis()));
        for (String node : List.of("0", "1")) {
            assertThat(attempts.of(node, Outcome.REFUSED)).isEmpty();
            assertThat(attempts.of(node, Outcome.UNANSWERED)).isEmpty();
        }
    }

    /** Callers of so many nodes, from each of which each has done a good deal. */
    private Attempts busy(int nodes) {
        List<Person> founders = IntStream.range(0, 4)
                .mapToObj(n -> service.get(n % 2).client().newcomer().founder("pro"))
                .toList();
        var attempts = new Attempts(founders);
        IntStream.range(0, nodes).forEach(n -> attempts.at(Integer.toString(n), node(n).base()));
        await().atMost(BUSY)
                .until(() -> IntStream.range(0, nodes)
                        .allMatch(n -> attempts.count(Integer.toString(n), Outcome.DONE) > 40));
        return attempts;
    }

    private Processes.Running node(int n) {
        return n % 3 == 2 ? third : service.get(n % 3);
    }

    private Reply members(int node, Person.Token token) {
        return node(node).client().as(token.value()).get("/v1/organization_members");
    }

    private static double appended(Processes.Running node) {
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
