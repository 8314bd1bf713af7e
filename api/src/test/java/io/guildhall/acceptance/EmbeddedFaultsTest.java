package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guildhall.acceptance.TokenIssuingLoad.Outcome;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A process with the embedded database, under load: its PostgreSQL is killed, and its disk becomes full. Whoever is refused meanwhile is
 * refused soon, with 503; what was acknowledged stays; afterwards everything works again by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("e2e")
class EmbeddedFaultsTest {

    private static final String IT = "it";
    private static final int ORGANIZATIONS = 4;
    private static final int MEGABYTES = 350;
    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(FaultDurations.LONG ? 7 : 10);

    private final String noDisk = InMemoryDisk.impossible();
    private InMemoryDisk inMemoryDisk;
    private InMemoryDisk mailDisk;
    private ServiceProcesses service;
    private ServiceProcesses.Running it;
    private List<TestUser> founders;

    @BeforeAll
    void start() throws Exception {
        Path place = Files.createTempDirectory("guildhall-place");
        Path home = place.resolve("home");
        if (noDisk == null) {
            inMemoryDisk = new InMemoryDisk(place, MEGABYTES);
            mailDisk = new InMemoryDisk(Files.createDirectories(home.resolve("mail")), 1);
        }
        service = ServiceProcesses.withEmbeddedDatabaseIn(home);
        it = service.start();
        founders = IntStream.range(0, ORGANIZATIONS)
                .mapToObj(n -> it.client().newcomer().creator("pro"))
                .toList();
    }

    @AfterAll
    void close() {
        if (noDisk == null) {
            mailDisk.close();
        }
        service.close();
        if (noDisk == null) {
            inMemoryDisk.close();
        }
    }

    @Test
    @Order(1)
    void theDatabaseIsKilled() throws Exception {
        TokenIssuingLoad tokenIssuingLoad = busy();
        long killed = System.nanoTime();
        service.killDatabase();
        long returned = awaitDatabase();
        settle("The embedded PostgreSQL killed", tokenIssuingLoad, killed, returned);
    }

    @Test
    @Order(2)
    void theDiskIsFull() throws Exception {
        assumeTrue(noDisk == null, noDisk);
        TokenIssuingLoad tokenIssuingLoad = busy();
        var read = new AtomicInteger();
        var unread = new AtomicInteger();
        Thread reader = Thread.ofVirtual().start(() -> read(read, unread));
        long full = System.nanoTime();
        inMemoryDisk.fill();
        await().atMost(BUSY).until(() -> {
            // What was being written a moment ago leaves a little room.
            inMemoryDisk.fill();
            return tokenIssuingLoad.count(IT, Outcome.REFUSED) > 20;
        });
        FaultDurations.sleep(FaultDurations.lasting(Duration.ofSeconds(3)));
        reader.interrupt();
        reader.join();
        FaultDurations.report(
                "The disk full", "meanwhile %d reads were answered, %d refused".formatted(read.get(), unread.get()));
        inMemoryDisk.free();
        settle("The disk full", tokenIssuingLoad, full, System.nanoTime());
    }

    /** A mail that finds no room waits, and whoever asked for it does not. */
    @Test
    @Order(3)
    void theDiskOfTheMailsIsFull() {
        assumeTrue(noDisk == null, noDisk);
        mailDisk.fill();
        String email = Client.unusedEmail();
        TestUser late = it.client().signUp(email);
        FaultDurations.sleep(Duration.ofSeconds(2));
        assertThat(it.client().mailbox().to(email)).isEmpty();

        mailDisk.free();
        late.validate();
        FaultDurations.sleep(Duration.ofSeconds(1));
        assertThat(it.client().mailbox().to(email)).hasSize(1);
    }

    private void read(AtomicInteger read, AtomicInteger unread) {
        Client client = founders.getFirst().client();
        try {
            while (true) {
                Thread.sleep(50);
                Reply reply = client.get("/v1/credentials?limit=1");
                (reply.isOk() ? read : unread).incrementAndGet();
                if (!reply.isOk()) {
                    reply.refused(503);
                }
            }
        } catch (InterruptedException | UncheckedIOException over) {
            // The fault is.
        }
    }

    private void settle(String fault, TokenIssuingLoad tokenIssuingLoad, long begun, long returned) throws Exception {
        await().atMost(BUSY)
                .until(() -> tokenIssuingLoad
                                .of(IT, Outcome.DONE)
                                .filter(one -> one.began() > returned)
                                .count()
                        > 10);
        tokenIssuingLoad.end();
        int more = tokenIssuingLoad.assertStoredAsTold(it.base());
        DatabaseInvariants.hold(service.database());
        Duration back = tokenIssuingLoad.firstDoneAfter(IT, returned).orElseThrow();
        Duration longest = tokenIssuingLoad.longest(one -> one.outcome() == Outcome.REFUSED && one.ended() > begun);
        FaultDurations.report(
                fault,
                "%d done, %d refused, %d unanswered; longest wait for a refusal %d ms; works again after %d ms; %d stored of what was refused"
                        .formatted(
                                tokenIssuingLoad.count(IT, Outcome.DONE),
                                tokenIssuingLoad.count(IT, Outcome.REFUSED),
                                tokenIssuingLoad.count(IT, Outcome.UNANSWERED),
                                longest.toMillis(),
                                back.toMillis(),
                                more));
        assertThat(tokenIssuingLoad.of(IT, Outcome.UNANSWERED))
                .as("its process lives")
                .isEmpty();
        assertThat(tokenIssuingLoad.count(IT, Outcome.REFUSED)).isPositive();
        assertThat(longest).isLessThan(LONGEST_WAIT);
        assertThat(back).isLessThan(FaultDurations.DATABASE_BACK_WITHIN);
    }

    private TokenIssuingLoad busy() {
        var tokenIssuingLoad = new TokenIssuingLoad(founders).at(IT, it.base());
        await().atMost(BUSY).until(() -> tokenIssuingLoad.count(IT, Outcome.DONE) > 40);
        return tokenIssuingLoad;
    }

    /** Returns the moment from which it answered. */
    private long awaitDatabase() {
        await().atMost(BUSY).pollInterval(Duration.ofMillis(10)).until(() -> {
            try (var connection = service.database().getConnection()) {
                return connection.createStatement().execute("select");
            } catch (SQLException | RuntimeException down) {
                return false;
            }
        });
        return System.nanoTime();
    }
}
