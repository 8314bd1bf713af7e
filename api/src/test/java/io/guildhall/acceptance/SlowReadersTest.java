package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Answers whose readers do not take them: they hold nobody else up, and are ended. Takes about a minute, and all of a small machine: so it is one of those
 * that are asked for.
 */
@EnabledIfSystemProperty(named = "faults", matches = ".*", disabledReason = "500 slow readers: run with -Dfaults")
@Tag("e2e")
class SlowReadersTest {

    private static final int READERS = 500;

    /** As many may follow one trail as have room beside others. */
    private static final int FOLLOWERS = 90;

    /** As many as one caller is sent at the same time. */
    private static final int EXPORTS = 2;

    private static final int SAMPLES = 200;
    private static final Duration UNREAD = Duration.ofSeconds(10);

    /** Who is held up by a reader waits for as long as that one may read nothing. */
    private static final Duration HELD_UP = Duration.ofSeconds(8);

    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E]+)");

    private final Processes service = Processes.with(
                    "--guildhall.requests.unread=" + UNREAD.toMillis() + "ms", "--guildhall.trail.heart-beat=500ms")
            .started(1);
    private final Client client = service.get(0).client();
    private final Person ada = client.newcomer().creator("starter");

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void whoReadsAByteNowAndThenHoldsNobodyUpAndIsEnded(TestReporter reporter) throws Exception {
        Person reader = client.newcomer();
        for (int i = 0; i < 100; i++) {
            ada.client()
                    .put("/v1/organizations/" + ada.organization() + "/name", Map.of("name", Client.unusedName()))
                    .ok();
        }
        latencies(reader);
        Duration before = latencies(reader).get(SAMPLES * 99 / 100);
        double heapBefore = heap();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                slow.add(open(i));
                Thread.sleep(5);
            }
            Thread trickle = Thread.ofVirtual().start(() -> trickle(slow));
            List<Duration> during = latencies(reader);
            double heap = heap();
            reporter.publishEntry(Map.of(
                    "99 of 100 answered within",
                    "%s, %s without".formatted(during.get(SAMPLES * 99 / 100), before),
                    "heap in MB",
                    "%.0f, %.0f without".formatted(heap / 1e6, heapBefore / 1e6)));
            assertThat(during.get(SAMPLES * 99 / 100)).isLessThan(HELD_UP);
            Thread.sleep(UNREAD.multipliedBy(2));
            trickle.interrupt();
            trickle.join();
            for (int i = FOLLOWERS; i < READERS; i++) {
                assertEnded(slow.get(i), "reader " + i);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        ada.client().get("/v1/activities/export").ok();
    }

    /** Asks for more than the kernel keeps: of a followed trail all there is, of pages and documents one after the other. */
    private Socket open(int number) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("localhost", client.base().getPort()));
        socket.setSoTimeout(10_000);
        String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ada.session() + "\r\n\r\n";
        String requests;
        if (number < FOLLOWERS) {
            requests = request.formatted("/v1/activities/stream");
        } else if (number < FOLLOWERS + EXPORTS) {
            requests = request.formatted("/v1/activities/export").repeat(20);
        } else if (number < FOLLOWERS + 30) {
            requests = request.formatted("/v1/activities?limit=100").repeat(30);
        } else {
            requests =
                    request.formatted("/console/assets/current/organization.js").repeat(80);
        }
        socket.getOutputStream().write(requests.getBytes(US_ASCII));
        return socket;
    }

    private static void trickle(List<Socket> sockets) {
        while (!Thread.currentThread().isInterrupted()) {
            for (Socket socket : sockets) {
                try {
                    if (socket.getInputStream().available() > 0) {
                        socket.getInputStream().read();
                    }
                } catch (IOException ended) {
                    // As it should be.
                }
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What the kernel kept comes yet, but nothing goes on because it is taken. */
    private static void assertEnded(Socket socket, String which) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("Still open: " + which, e);
        } catch (SocketException reset) {
            // Ended, too.
        }
    }

    private double heap() {
        Matcher used = HEAP.matcher(
                service.operator(0).get("/actuator/prometheus").ok().body());
        double sum = 0;
        while (used.find()) {
            sum += Double.parseDouble(used.group(1));
        }
        return sum;
    }

    private static List<Duration> latencies(Person person) {
        return IntStream.range(0, SAMPLES)
                .mapToObj(i -> {
                    long begun = System.nanoTime();
                    person.client().get("/v1/account/profile").ok();
                    return Duration.ofNanos(System.nanoTime() - begun);
                })
                .sorted()
                .toList();
    }
}
