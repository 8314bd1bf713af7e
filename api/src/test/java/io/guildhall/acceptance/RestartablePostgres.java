package io.guildhall.acceptance;

import io.guildhall.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A durable PostgreSQL that a test stops and starts again: the same directory, the same port. */
final class RestartablePostgres implements AutoCloseable {

    private final Path home;
    private final int port;
    private EmbeddedPostgres server;

    RestartablePostgres() throws IOException {
        home = Files.createTempDirectory("guildhall-postgres");
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        server = launch();
        // From network namespaces of this machine.
        Files.writeString(
                data().resolve("pg_hba.conf"),
                "\nhost all all %s/16 trust\n".formatted(NetworkNamespace.NETWORK),
                StandardOpenOption.APPEND);
        stop();
        start();
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data())
                .setOverrideWorkingDirectory(home.resolve("programs").toFile())
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("listen_addresses", "*")
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private Path data() {
        return home.resolve("data");
    }

    /** As seen from a host by which it can be reached. */
    TestDatabase seenFrom(String host) {
        return new TestDatabase("jdbc:postgresql://%s:%d/postgres".formatted(host, port), "postgres", "postgres");
    }

    /** SIGTERM and so on, as an operator would: connections are ended, nothing new is begun. */
    void stop() throws IOException {
        server.close();
    }

    /** kill -9 of all of it. */
    void kill() throws IOException, InterruptedException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip());
        List<ProcessHandle> all = ProcessHandle.of(postmaster).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(10, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
        // There is nothing left to stop, but a lock that this JVM holds.
        server.close();
    }

    /** Returns the moment from which it answered, on the clock of {@link System#nanoTime}. */
    long start() throws IOException {
        long[] answered = {Long.MAX_VALUE};
        Thread asking = Thread.ofPlatform().start(() -> answered[0] = awaitAnswer());
        server = launch();
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answered[0];
    }

    private long awaitAnswer() {
        while (true) {
            try (var connection =
                    DriverManager.getConnection(seenFrom("localhost").url(), "postgres", "postgres")) {
                connection.createStatement().execute("select");
                return System.nanoTime();
            } catch (SQLException e) {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException interrupted) {
                    return Long.MAX_VALUE;
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
