package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** Connections that send a byte now and then hold nobody else up, and are ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class SlowClientsTest {

    private static final int CONNECTIONS = 500;
    private static final int SAMPLES = 200;
    private static final Duration GENEROUS = Duration.ofSeconds(2);

    private final Processes service = Processes.with("--guildhall.requests.head=4s", "--guildhall.requests.body=4s")
            .started(1);
    private final Client client = service.get(0).client();

    @AfterAll
    void end() {
        service.close();
    }

    @Test
    void whoSendsAByteNowAndThenHoldsNobodyUpAndIsEnded(TestReporter reporter) throws Exception {
        Person ada = client.newcomer();
        latencies(ada);
        Duration before = latencies(ada).get(SAMPLES * 99 / 100);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                slow.add(open(i % 4));
            }
            Instant opened = Instant.now();
            Thread trickle = Thread.ofVirtual().start(() -> trickle(slow));
            List<Duration> during = latencies(ada);
            reporter.publishEntry(
                    "99 of 100 answered within", "%s, %s without".formatted(during.get(SAMPLES * 99 / 100), before));
            assertThat(during.get(SAMPLES * 99 / 100))
                    .isLessThan(before.multipliedBy(20).compareTo(GENEROUS) > 0 ? before.multipliedBy(20) : GENEROUS);
            for (int i = 0; i < CONNECTIONS; i++) {
                awaitEnd(slow.get(i), "kind " + i % 4);
            }
            assertThat(Duration.between(opened, Instant.now())).isLessThan(Duration.ofSeconds(40));
            trickle.interrupt();
            trickle.join();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        ada.client().get("/v1/account/profile").ok();
    }

    /** With a head that never ends, with a body that is awaited, with one that nobody wants to read, or with one too long. */
    private Socket open(int kind) throws IOException {
        Socket socket = new Socket("localhost", client.base().getPort());
        socket.setSoTimeout(40_000);
        String head = kind == 0
                ? "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                : "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{"
                        .formatted(
                                kind == 1 ? "/v1/account/login" : "/v1/organizations", kind == 3 ? 9_000_000 : 9_000);
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        return socket;
    }

    private static void trickle(List<Socket> sockets) {
        while (!Thread.currentThread().isInterrupted()) {
            for (Socket socket : sockets) {
                try {
                    socket.getOutputStream().write(' ');
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

    /** Reads what is answered until the connection is closed; fails when it is not. */
    private static void awaitEnd(Socket socket, String kind) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("Still open: " + kind, e);
        } catch (java.net.SocketException reset) {
            // Closed while a byte was on its way.
        }
    }

    private static List<Duration> latencies(Person person) {
        List<Duration> all = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            long begun = System.nanoTime();
            person.client().get("/v1/account/profile").ok();
            all.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        return all.stream().sorted().toList();
    }
}
