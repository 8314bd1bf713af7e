package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.TokenIssuingLoad.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two processes on an Axon Server that goes away and comes back, under load; for them it does when the way to it is cut. Lasts 30 s with
 * {@code -Dfaults}, a few seconds without.
 */
@Tag("e2e")
class OutageTest {

    private static final List<String> NODES = List.of("first", "second");
    private static final Duration BUSY = Duration.ofSeconds(60);

    /** A server that hangs is noticed by timeouts. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(6);

    /** A write is done once the read models show it. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    @FunctionalInterface
    private interface Fault {

        void happens() throws Exception;
    }

    @Test
    void commandsAreRefusedAndReadsGoOnUntilTheServerIsBack() throws Exception {
        goesThrough("away", AxonServer::goAway, AxonServer::comeBack);
    }

    @Test
    void commandsAreRefusedAndReadsGoOnWhileTheServerIsSilent() throws Exception {
        goesThrough("silent", AxonServer::fallSilent, AxonServer::speak);
    }

    private static void goesThrough(String how, Fault begin, Fault end) throws Exception {
        ServiceProcesses pair = AxonServer.pair();
        List<TestUser> founders = IntStream.range(0, 4)
                .mapToObj(n -> pair.get(n % 2).client().newcomer().creator("pro"))
                .toList();
        TokenIssuingLoad tokenIssuingLoad = new TokenIssuingLoad(founders);
        IntStream.range(0, 2)
                .forEach(n -> tokenIssuingLoad.at(NODES.get(n), pair.get(n).base()));
        await().atMost(BUSY)
                .until(() -> NODES.stream().allMatch(node -> tokenIssuingLoad.count(node, Outcome.DONE) > 40));

        long cut = System.nanoTime();
        begin.happens();
        FaultDurations.sleep(FaultDurations.lasting(Duration.ofSeconds(4)).dividedBy(2));
        Reply read = founders.getFirst().client().get("/v1/organization_members");
        Reply write = founders.getFirst().client().post("/v1/organizations", Map.of("name", Client.unusedName()));
        FaultDurations.sleep(FaultDurations.lasting(Duration.ofSeconds(4)).dividedBy(2));
        long still = System.nanoTime();
        end.happens();
        long returning = System.nanoTime();
        await().atMost(BUSY)
                .until(() -> NODES.stream()
                        .allMatch(node -> tokenIssuingLoad
                                        .of(node, Outcome.DONE)
                                        .filter(it -> it.began() > returning)
                                        .count()
                                > 10));
        tokenIssuingLoad.end();

        int more = tokenIssuingLoad.assertStoredAsTold(pair.get(0).base());
        DatabaseInvariants.hold(pair.database());
        assertThat(read.status()).isEqualTo(200);
        assertThat(write.status()).isEqualTo(503);
        assertThat(write.header("Retry-After")).isPresent();
        for (String node : NODES) {
            Duration slowest = tokenIssuingLoad.longest(
                    it -> it.node().equals(node) && it.outcome() == Outcome.REFUSED && it.ended() > cut);
            Duration later = tokenIssuingLoad.longest(it ->
                    it.node().equals(node) && it.outcome() == Outcome.REFUSED && it.began() > cut + 1_000_000_000L);
            Duration back = tokenIssuingLoad.firstDoneAfter(node, returning).orElseThrow();
            FaultDurations.report(
                    "Axon Server " + how,
                    "%s node: %d done, %d refused, %d unanswered; slowest refusal %d ms, of what began later %d ms; works again after %d ms"
                            .formatted(
                                    node,
                                    tokenIssuingLoad.count(node, Outcome.DONE),
                                    tokenIssuingLoad.count(node, Outcome.REFUSED),
                                    tokenIssuingLoad.count(node, Outcome.UNANSWERED),
                                    slowest.toMillis(),
                                    later.toMillis(),
                                    back.toMillis()));
            assertThat(tokenIssuingLoad.of(node, Outcome.UNANSWERED)).isEmpty();
            assertThat(tokenIssuingLoad.count(node, Outcome.REFUSED)).isPositive();
            assertThat(tokenIssuingLoad
                            .of(node, Outcome.DONE)
                            .filter(it -> it.began() > cut + 1_000_000_000L && it.ended() < still))
                    .as("done without a store")
                    .isEmpty();
            assertThat(later).isLessThan(REFUSED_WITHIN);
            assertThat(back).isLessThan(BACK_WITHIN);
        }
        FaultDurations.report("Axon Server " + how, more + " of the attempts that were refused had been stored before");
    }
}
