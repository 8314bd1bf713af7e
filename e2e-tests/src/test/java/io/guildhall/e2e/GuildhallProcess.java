package io.guildhall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged service, started as a process on a free port with an embedded PostgreSQL in a home of its own. */
final class GuildhallProcess implements AutoCloseable {

    /** The project's root. */
    static final Path ROOT = Path.of("").toAbsolutePath().endsWith("e2e-tests")
            ? Path.of("..").toAbsolutePath().normalize()
            : Path.of("").toAbsolutePath();

    private static final Duration START_TIMEOUT = Duration.ofSeconds(180);
    private static final Pattern READY = Pattern.compile("Service +(http://\\S+)");

    private final Process process;
    private final Path home;
    private final Path log;
    private final URI base;

    private GuildhallProcess(Process process, Path home, Path log, URI base) {
        this.process = process;
        this.home = home;
        this.log = log;
        this.base = base;
    }

    /** Starts the service in a new home and returns once it is ready. */
    static GuildhallProcess start(String... options) {
        try {
            Path home = Files.createTempDirectory("guildhall-e2e");
            Path log = home.resolve("service.log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-jar",
                    ROOT.resolve("cli/target/guildhall.jar").toString(),
                    "--guildhall.home=" + home,
                    "--server.port=0"));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new GuildhallProcess(process, home, log, awaitReady(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI awaitReady(Process process, Path log) throws IOException {
        Instant deadline = Instant.now().plus(START_TIMEOUT);
        while (true) {
            String output = Files.readString(log, UTF_8);
            Matcher ready = READY.matcher(output);
            if (ready.find()) {
                return URI.create(ready.group(1));
            }
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new AssertionError("The service did not start:\n" + output);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    URI base() {
        return base;
    }

    /** Holds the database, the master key and the mails. */
    Path home() {
        return home;
    }

    /** Executes a statement in the embedded database, for states that take long to come about. */
    void sql(String statement) {
        try {
            // See the PostgreSQL documentation of postmaster.pid: the port is in its fourth line.
            String port = Files.readAllLines(home.resolve("database/postmaster.pid"))
                    .get(3)
                    .strip();
            String password =
                    Files.readString(home.resolve("database.password")).strip();
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:postgresql://localhost:" + port + "/postgres", "guildhall", password);
                    Statement execution = connection.createStatement()) {
                execution.execute(statement);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the service and its database, and deletes the home. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
