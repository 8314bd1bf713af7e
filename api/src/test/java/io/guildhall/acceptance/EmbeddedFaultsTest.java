package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.guildhall.acceptance.Attempts.Outcome;
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
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(Faults.LONG ? 7 : 10);

    private final String noDisk = Disk.impossible();
    private Disk disk;
    private Disk mailDisk;
    private Processes service;
    private Processes.Running it;
    private List<Person> founders;

    @BeforeAll
    void start() throws Exception {
        Path place = Files.createTempDirectory("guildhall-place");
        Path home = place.resolve("home");
        if (noDisk == null) {
            disk = new Disk(place, MEGABYTES);
            mailDisk = new Disk(Files.createDirectories(home.resolve("mail")), 1);
        }
        service = Processes.withEmbeddedDatabaseIn(home);
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
            disk.close();
        }
    }

    @Test
    @Order(1)
    void theDatabaseIsKilled() throws Exception {
        Attempts attempts = busy();
        long killed = System.nanoTime();
        service.killDatabase();
        long returned = awaitDatabase();
        settle("The embedded PostgreSQL killed", attempts, killed, returned);
    }

    @Test
    @Order(2)
    void theDiskIsFull() throws Exception {
        assumeTrue(noDisk == null, noDisk);
        Attempts attempts = busy();
        var read = new AtomicInteger();
        var unread = new AtomicInteger();
        Thread reader = Thread.ofVirtual().start(() -> read(read, unread));
        long full = System.nanoTime();
        disk.fill();
        await().atMost(BUSY).until(() -> {
            // What was being written a moment ago leaves a little room.
            disk.fill();
            return attempts.count(IT, Outcome.REFUSED) > 20;
        });
        Faults.sleep(Faults.lasting(Duration.ofSeconds(3)));
        reader.interrupt();
        reader.join();
        Faults.report(
                "The disk full", "meanwhile %d reads were answered, %d refused".formatted(read.get(), unread.get()));
        disk.free();
        settle("The disk full", attempts, full, System.nanoTime());
    }

    /** A mail that finds no room waits, and whoever asked for it does not. */
    @Test
    @Order(3)
    void theDiskOfTheMailsIsFull() {
        assumeTrue(noDisk == null, noDisk);
        mailDisk.fill();
        String email = Client.unusedEmail();
        Person late = it.client().signUp(email);
        Faults.sleep(Duration.ofSeconds(2));
        assertThat(it.client().mailbox().to(email)).isEmpty();

        mailDisk.free();
        late.validate();
        Faults.sleep(Duration.ofSeconds(1));
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

    private void settle(String fault, Attempts attempts, long begun, long returned) throws Exception {
        await().atMost(BUSY)
                .until(() -> attempts.of(IT, Outcome.DONE)
                                .filter(one -> one.began() > returned)
                                .count()
                        > 10);
        attempts.end();
        int more = attempts.assertStoredAsTold(it.base());
        Invariants.hold(service.database());
        Duration back = attempts.firstDoneAfter(IT, returned).orElseThrow();
        Duration longest = attempts.longest(one -> one.outcome() == Outcome.REFUSED && one.ended() > begun);
        Faults.report(
                fault,
                "%d done, %d refused, %d unanswered; longest wait for a refusal %d ms; works again after %d ms; %d stored of what was refused"
                        .formatted(
                                attempts.count(IT, Outcome.DONE),
                                attempts.count(IT, Outcome.REFUSED),
                                attempts.count(IT, Outcome.UNANSWERED),
                                longest.toMillis(),
                                back.toMillis(),
                                more));
        assertThat(attempts.of(IT, Outcome.UNANSWERED)).as("its process lives").isEmpty();
        assertThat(attempts.count(IT, Outcome.REFUSED)).isPositive();
        assertThat(longest).isLessThan(LONGEST_WAIT);
        assertThat(back).isLessThan(Faults.DATABASE_BACK_WITHIN);
    }

    private Attempts busy() {
        var attempts = new Attempts(founders).at(IT, it.base());
        await().atMost(BUSY).until(() -> attempts.count(IT, Outcome.DONE) > 40);
        return attempts;
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
