package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.TokenIssuingLoad.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three nodes that share the segments of the event processor, of which one is killed, hangs or ends under load. */
@Tag("e2e")
class SharedSegmentsTest {

    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final Duration MOVED_WITHIN = Duration.ofSeconds(15);

    /** A node that ends gives its segments back. */
    private static final Duration RELEASED_WITHIN = Duration.ofSeconds(5);

    private static final int SEGMENTS = 16;

    /** A mail that the killed process has had in its hands is sent by another when its lease is over. */
    private static final Duration MAILED_WITHIN = Duration.ofSeconds(90);

    private static ServiceProcesses service;
    private ServiceProcesses.Running third;
    private final Queue<String> invited = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean inviting = true;

    @BeforeAll
    static void needsAServer() {
        service = AxonServer.pair();
    }

    @BeforeEach
    void start() {
        third = service.launch();
        third.awaitReady();
        awaitFairShares();
    }

    private void awaitFairShares() {
        await().atMost(BUSY).untilAsserted(() -> {
            List<Integer> shares = everyone().map(SharedSegmentsTest::segments).toList();
            assertThat(shares).allMatch(share -> share >= 4 && share <= 6);
            assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SEGMENTS);
        });
    }

    @AfterEach
    void end() throws Exception {
        third.kill();
        DatabaseInvariants.hold(service.database());
    }

    @Test
    void goesOnWithWhatAKilledOneHasFed() throws Exception {
        goesOnWithout("killed", third::kill, MOVED_WITHIN);
    }

    @Test
    void goesOnWithWhatAnEndedOneHasFed() throws Exception {
        goesOnWithout("ended by SIGTERM", () -> assertThat(third.terminate()).isEqualTo(143), RELEASED_WITHIN);
    }

    /** What another hands to it waits, what the others do themselves does not. */
    @Test
    void goesOnWithWhatAHangingOneHasFed() throws Exception {
        goesOnWithout("hanging", third::hang, MOVED_WITHIN);
        third.goOn();
        awaitFairShares();
    }

    private void goesOnWithout(String how, Ending ending, Duration movedWithin) throws Exception {
        List<TestUser> founders = founders("pro");
        var tokenIssuingLoad = new TokenIssuingLoad(founders);
        IntStream.range(0, 2)
                .forEach(n -> tokenIssuingLoad.at(name(n), service.get(n).base()));
        List<Thread> inviters = inviters();
        await().atMost(BUSY)
                .until(() -> Stream.of(0, 1).allMatch(n -> tokenIssuingLoad.count(name(n), Outcome.DONE) > 40));

        long gone = System.nanoTime();
        ending.happens();
        await().atMost(movedWithin)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Stream.of(0, 1).allMatch(n -> segments(service.get(n)) == SEGMENTS / 2));
        Duration moved = Duration.ofNanos(System.nanoTime() - gone);
        FaultDurations.sleep(Duration.ofSeconds(3));
        long until = System.nanoTime();
        tokenIssuingLoad.end();
        inviting = false;
        for (Thread inviter : inviters) {
            inviter.join();
        }

        tokenIssuingLoad.assertStoredAsTold(service.get(0).base());
        Duration still = Stream.of(0, 1)
                .map(n -> tokenIssuingLoad.longestGap(name(n), gone, until))
                .max(Duration::compareTo)
                .orElseThrow();
        FaultDurations.report(
                "One of three that feed " + how,
                "its segments are with the others after %d ms; longest time without a write done %d ms; %d tokens, %d invitations"
                        .formatted(
                                moved.toMillis(),
                                still.toMillis(),
                                tokenIssuingLoad.count(name(0), Outcome.DONE)
                                        + tokenIssuingLoad.count(name(1), Outcome.DONE),
                                invited.size()));
        assertThat(still).isLessThan(movedWithin);
        assertThatEachInvitationHasOneMail();
    }

    @FunctionalInterface
    private interface Ending {

        void happens() throws Exception;
    }

    /** Each in an organization with many seats, until it is enough. */
    private List<Thread> inviters() {
        return founders("scale").stream()
                .map(creator -> Thread.ofVirtual().start(() -> {
                    for (int n = 0; inviting && n < 45; n++) {
                        String address = Client.unusedEmail();
                        Reply reply = creator.client().post("/v1/organization_invitations", Map.of("email", address));
                        if (reply.isOk()) {
                            invited.add(address);
                        } else if (reply.status() != 503) {
                            wrong.add(reply);
                        }
                        FaultDurations.sleep(Duration.ofMillis(100));
                    }
                }))
                .toList();
    }

    private void assertThatEachInvitationHasOneMail() {
        var mails = new Mailbox(service.mails());
        assertThat(wrong).isEmpty();
        assertThat(invited).isNotEmpty();
        await().atMost(MAILED_WITHIN)
                .untilAsserted(() -> assertThat(invited)
                        .allSatisfy(address -> assertThat(mails.to(address)).hasSize(1)));
        await().atMost(MAILED_WITHIN).until(() -> count("select count(*) from mails where done_at is null") == 0);
        assertThat(invited).allSatisfy(address -> assertThat(mails.to(address)).hasSize(1));
    }

    private static long count(String sql) {
        return JdbcClient.create(service.database()).sql(sql).query(Long.class).single();
    }

    private static List<TestUser> founders(String plan) {
        return IntStream.range(0, 4)
                .mapToObj(n -> service.get(n % 2).client().newcomer().creator(plan))
                .toList();
    }

    private static String name(int node) {
        return Integer.toString(node);
    }

    private Stream<ServiceProcesses.Running> everyone() {
        return Stream.of(service.get(0), service.get(1), third);
    }

    private static int segments(ServiceProcesses.Running node) {
        return service.operator(node)
                .get("/actuator/prometheus")
                .ok()
                .body()
                .lines()
                .filter(line -> line.startsWith("guildhall_projections_segments"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
