package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP balancer: it hands each connection to the next of its servers whose readiness was 200 when last checked, and knows nothing of HTTP.
 */
final class TcpLoadBalancer implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration CHECK_EVERY = Duration.ofMillis(250);
    private static final int QUEUE = 1_000;

    private final List<InetSocketAddress> servers;
    private final Set<InetSocketAddress> unready = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final ServerSocket listening;
    private volatile boolean closed;

    TcpLoadBalancer(List<Integer> ports) {
        servers = ports.stream()
                .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .toList();
        try {
            listening = new ServerSocket(0, QUEUE, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("balancer").start(this::accept);
        Thread.ofVirtual().name("balancer-checks").start(this::check);
    }

    URI address() {
        return URI.create("http://localhost:" + listening.getLocalPort());
    }

    private void accept() {
        while (!closed) {
            try {
                Socket caller = listening.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException e) {
                // Closed, or tried again.
            }
        }
    }

    private void connect(Socket caller) {
        Socket server = anyServer();
        if (server == null) {
            close(caller);
            return;
        }
        try {
            caller.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            // Slower, then.
        }
        Thread.ofVirtual().start(() -> pump(caller, server));
        pump(server, caller);
    }

    private Socket anyServer() {
        int first = turn.getAndIncrement();
        for (boolean readyOnly : new boolean[] {true, false}) {
            for (int i = 0; i < servers.size(); i++) {
                InetSocketAddress server = servers.get(Math.floorMod(first + i, servers.size()));
                if (readyOnly == unready.contains(server)) {
                    continue;
                }
                Socket socket = new Socket();
                try {
                    socket.connect(server, (int) CONNECT_WITHIN.toMillis());
                    return socket;
                } catch (IOException e) {
                    close(socket);
                }
            }
        }
        return null;
    }

    /** One direction, until its end, which is passed on; what breaks is broken on both sides. */
    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                close(from);
                close(to);
            }
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private void check() {
        while (!closed) {
            for (InetSocketAddress server : servers) {
                if (isReady(server)) {
                    unready.remove(server);
                } else {
                    unready.add(server);
                }
            }
            try {
                Thread.sleep(CHECK_EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean isReady(InetSocketAddress server) {
        try (Socket socket = new Socket()) {
            socket.connect(server, (int) CONNECT_WITHIN.toMillis());
            socket.setSoTimeout((int) CONNECT_WITHIN.toMillis());
            socket.getOutputStream()
                    .write("GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII).startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as good as closed.
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
