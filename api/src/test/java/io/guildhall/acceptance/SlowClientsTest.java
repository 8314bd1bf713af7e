package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** Clients that stop sending in the middle of a request, or send a byte now and then, delay nobody. The former are disconnected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class SlowClientsTest {

    private static final int CONNECTIONS = 500;
    private static final int SAMPLES = 200;
    private static final Duration GENEROUS = Duration.ofSeconds(2);

    private final ServiceProcesses service =
            ServiceProcesses.with("--server.tomcat.connection-timeout=3s").started(1);
    private final Client client = service.get(0).client();
    private final TestUser ada = client.newcomer();

    @AfterAll
    void end() {
        service.close();
    }

    @Test
    void clientsThatStopSendingAreDisconnected(TestReporter reporter) throws Exception {
        List<Socket> stopped = open();
        try {
            assertOthersAreNotDelayed(reporter);
            for (Socket socket : stopped) {
                awaitEnd(socket);
            }
        } finally {
            close(stopped);
        }
        ada.client().get("/v1/account/profile").ok();
    }

    @Test
    void clientsThatSendAByteNowAndThenDelayNobody(TestReporter reporter) throws Exception {
        List<Socket> slow = open();
        try {
            Thread trickle = Thread.ofVirtual().start(() -> trickle(slow));
            assertOthersAreNotDelayed(reporter);
            trickle.interrupt();
            trickle.join();
        } finally {
            close(slow);
        }
    }

    private void assertOthersAreNotDelayed(TestReporter reporter) {
        List<Duration> latencies = latencies();
        Duration slowest = latencies.get(SAMPLES * 99 / 100);
        reporter.publishEntry("99 of 100 answered within", slowest.toString());
        assertThat(slowest).isLessThan(GENEROUS);
    }

    private List<Socket> open() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            sockets.add(open(i % 4));
        }
        return sockets;
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
                    // The service may disconnect them.
                }
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Reads the answer until the connection is closed; fails if it stays open. */
    private static void awaitEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Still open", e);
        } catch (SocketException reset) {
            // Closed, too.
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private List<Duration> latencies() {
        List<Duration> all = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            long begun = System.nanoTime();
            ada.client().get("/v1/account/profile").ok();
            all.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        return all.stream().sorted().toList();
    }
}
