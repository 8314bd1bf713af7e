package io.guildhall.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service that is measured: one that runs already, or one started for it on a home that is gone afterwards. */
final class Service implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 300;

    /** The limits that would stop a benchmark, out of its way. */
    private static final List<String> UNTHROTTLED = List.of(
            "--guildhall.throttle.requests-per-caller=100000000/1m",
            "--guildhall.throttle.sign-up-per-address=1000000/1m",
            "--guildhall.throttle.invitations-per-organization=100000000/1m",
            "--guildhall.throttle.invitations-per-organization-and-recipient=100000000/1m",
            "--guildhall.throttle.mails-per-recipient=100000000/1m");

    private final URI url;
    private final Path home;
    private final @Nullable ProcessBuilder builder;
    private @Nullable Process process;

    private Service(URI url, Path home, @Nullable ProcessBuilder builder) throws IOException {
        this.url = url;
        this.home = home;
        this.builder = builder;
        this.process = builder == null ? null : builder.start();
    }

    static Service running(URI url, Path home) throws IOException {
        return new Service(url, home, null);
    }

    /**
     * @param launcher the script that starts a service
     * @param options for the service, beside those that a benchmark needs
     * @param jvmOptions for its Java virtual machine
     */
    static Service started(Path launcher, List<String> options, String jvmOptions) throws Exception {
        Path directory = Files.createTempDirectory("guildhall-benchmark");
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.add("--server.port=" + port);
        command.add("--guildhall.home=" + directory.resolve("home"));
        command.addAll(UNTHROTTLED);
        command.addAll(options);
        Path log = directory.resolve("service.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        // A start cache that is made in the background would use the processors that are measured.
        builder.environment()
                .merge(
                        "JDK_JAVA_OPTIONS",
                        "-XX:AOTMode=off " + jvmOptions,
                        (inherited, ours) -> inherited + " " + ours);
        var service = new Service(URI.create("http://localhost:" + port), directory.resolve("home"), builder);
        try {
            service.awaitReady(log);
            return service;
        } catch (Exception e) {
            service.close();
            throw e;
        }
    }

    URI url() {
        return url;
    }

    Processors processors() throws IOException {
        return new Processors(process == null ? null : process.toHandle(), home);
    }

    /** Its number among the processes of this machine; only of one that was started for it. */
    long process() {
        if (process == null) {
            throw new IllegalStateException("This needs a service of its own: no --url");
        }
        return process.pid();
    }

    Path home() {
        return home;
    }

    String operatorKey() throws IOException {
        return Files.readString(home.resolve("operator.key")).strip();
    }

    /** Ends it and starts it again on the same home. */
    void restart() throws IOException, InterruptedException {
        if (builder == null) {
            throw new IllegalStateException("This needs a service of its own: no --url");
        }
        end();
        process = builder.start();
        awaitReady(home.resolveSibling("service.log"));
    }

    private void end() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process == null) {
            return;
        }
        end();
        try (Stream<Path> files = Files.walk(home.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && process != null && process.isAlive()) {
            try (var connection = new Connection(url)) {
                if (connection
                                .exchange(Connection.request("GET", "/actuator/health", null, null))
                                .status()
                        == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(200);
        }
        throw new IOException("The service did not start:%n%s".formatted(Files.readString(log)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
