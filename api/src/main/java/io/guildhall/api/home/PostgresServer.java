package io.guildhall.api.home;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.guildhall.api.home.PostgresBinaries.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL in the home: durable, on the loopback interface alone, behind a password that the home holds. One process uses it at a
 * time. When that process was killed its server runs on, and the next process takes it over.
 */
final class PostgresServer implements AutoCloseable {

    static final String USE_ANOTHER =
            "A PostgreSQL of yours can be used instead: spring.datasource.url, spring.datasource.username, spring.datasource.password.";

    static final String USER = "guildhall";

    static final String PASSWORD = "database.password";
    private static final String WRONG_PASSWORD = "28P01";
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String FATAL = "FATAL:";
    private static final Pattern SPECIAL_IN_QUOTES = Pattern.compile("[$`\"\\\\]");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final int STARTS = 10;

    private final HomeDirectory home;
    private final Path data;
    private final Path log;
    private final PostmasterFile postmaster;
    private final DatabaseLock lock;
    private final PostgresBinaries binaries;
    private final String password;
    private final PostgresSupervision supervision = new PostgresSupervision(this);
    private int port;

    private PostgresServer(HomeDirectory home, DatabaseLock lock) throws IOException {
        this.home = home;
        this.lock = lock;
        data = home.path().resolve("database");
        postmaster = new PostmasterFile(data);
        log = home.path().resolve("database.log");
        // A new password would not open an existing database, and would hide that the right one is missing.
        password = Files.exists(data) ? home.existing(PASSWORD, this::noPassword) : home.secret(PASSWORD);
        binaries = PostgresBinaries.unpackedIn(programs(home));
    }

    /**
     * The directory of PostgreSQL's programs. These start each other through a shell, with their path in double quotes; a home whose
     * path has a character that means something there keeps them in the user's cache directory instead.
     */
    private static Path programs(HomeDirectory home) {
        return SPECIAL_IN_QUOTES.matcher(home.path().toString()).find()
                ? new HomeDirectory(Path.of(System.getProperty("user.home"), ".cache", "guildhall"))
                        .directory("postgresql")
                : home.directory("postgresql");
    }

    /** Returns once the server answers. */
    static PostgresServer in(HomeDirectory home) {
        DatabaseLock lock = DatabaseLock.of(home);
        PostgresServer server = null;
        boolean running = false;
        try {
            server = new PostgresServer(home, lock);
            server.initialize();
            server.run();
            server.supervision.start();
            running = true;
            return server;
        } catch (IOException e) {
            throw HomeDirectory.unusable(home.path(), e);
        } finally {
            if (!running && server != null) {
                server.close();
            } else if (!running) {
                lock.close();
            }
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    String password() {
        return password;
    }

    @Override
    public void close() {
        supervision.close();
        try {
            if (!postmaster.exists()) {
                return;
            }
            Outcome stopped =
                    binaries.run(home.path(), "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "60");
            if (!stopped.succeeded()) {
                LOG.warn("The embedded PostgreSQL did not stop: {}", stopped.said());
            }
        } catch (IOException e) {
            LOG.warn("The embedded PostgreSQL did not stop", e);
        } finally {
            lock.close();
        }
    }

    /** Made beside its place and then moved there, so that no half-made database is ever started. */
    private void initialize() throws IOException {
        if (Files.exists(data)) {
            return;
        }
        LOG.info("Making the database in {}", data);
        Path draft = home.path().resolve("database.new");
        FileSystemUtils.deleteRecursively(draft);
        Outcome made = binaries.run(
                home.path(),
                "initdb",
                "--pgdata=" + draft,
                "--username=" + USER,
                "--pwfile=" + home.path().resolve(PASSWORD),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (!made.succeeded()) {
            throw new FailureAnalyzedException(
                    "The embedded PostgreSQL could not be made: %s"
                            .formatted(made.said()
                                    .lines()
                                    .filter(line -> line.contains("error:"))
                                    .findFirst()
                                    .orElse(made.said())),
                    "Started by root it needs user namespaces and the program unshare. " + USE_ANOTHER);
        }
        Files.move(draft, data, ATOMIC_MOVE);
        HomeDirectory.force(home.path());
    }

    private void run() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int starts = 0;
        while (System.nanoTime() < end && starts < STARTS) {
            if (!postmaster.isOfARunningServer()) {
                if (starts++ == 0 && Files.exists(log)) {
                    Files.move(log, home.path().resolve("database.log.old"), REPLACE_EXISTING);
                }
                start();
            }
            if (answers()) {
                return;
            }
            pause(BETWEEN_TRIES);
        }
        throw new FailureAnalyzedException(
                "The embedded PostgreSQL does not start: %s".formatted(lastWords()),
                "Look into %s. %s".formatted(log, USE_ANOTHER));
    }

    boolean hasEnded() throws IOException {
        return !postmaster.isOfARunningServer();
    }

    /** On the port that its users know. Whether it answers. */
    boolean startAgain() throws IOException {
        if (!postmaster.isOfARunningServer()) {
            if (freePort(port) != port) {
                return false;
            }
            launch();
        }
        return answers();
    }

    private void start() throws IOException {
        port = Integer.parseInt(home.file("database.port", () -> String.valueOf(freePort(0))));
        if (freePort(port) != port) {
            port = freePort(0);
            home.write("database.port", String.valueOf(port));
        }
        launch();
    }

    private void launch() throws IOException {
        String settings = String.join(
                " -c ",
                "-p " + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=''",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=120",
                "timezone=UTC",
                "jit=off",
                // A refused statement is no news: a lost race is one, and its values may be personal data.
                "log_min_messages=log",
                "log_checkpoints=off");
        Outcome started = binaries.run(
                home.path(),
                "pg_ctl",
                "start",
                // Relative to the home: pg_ctl hands both to a shell.
                "-D",
                home.path().relativize(data).toString(),
                "-l",
                home.path().relativize(log).toString(),
                "-o",
                settings,
                "-w",
                "-t",
                "60");
        LOG.debug("{}", started.said());
    }

    /** Whether this directory's server takes our password, and keeps what it commits. */
    private boolean answers() throws IOException {
        Optional<Integer> listening = postmaster.port();
        if (listening.isEmpty()) {
            return false;
        }
        port = listening.get();
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "5");
        try (Connection connection = DriverManager.getConnection(url(), login);
                Statement statement = connection.createStatement()) {
            if (!Files.isSameFile(Path.of(shown(statement, "data_directory")), data)) {
                return false;
            }
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                if (!shown(statement, setting).equals("on")) {
                    throw new FailureAnalyzedException(
                            "The embedded PostgreSQL would lose data: %s is not on.".formatted(setting),
                            "Remove the setting from %s.".formatted(data.resolve("postgresql.conf")));
                }
            }
            return true;
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new FailureAnalyzedException(
                        "The embedded PostgreSQL does not know the password in %s."
                                .formatted(home.path().resolve(PASSWORD)),
                        "Put the file back that was there when the database was made.",
                        e);
            }
            LOG.debug("The embedded PostgreSQL does not answer yet", e);
            return false;
        }
    }

    private FailureAnalyzedException noPassword() {
        return new FailureAnalyzedException(
                "The password of the embedded PostgreSQL is missing: there is no file %s."
                        .formatted(home.path().resolve(PASSWORD)),
                "Put the file back that was there when the database was made.");
    }

    private static String shown(Statement statement, String setting) throws SQLException {
        try (ResultSet result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    /** The number if it is free; for 0 any that is; -1 if it is taken. */
    private static int freePort(int number) {
        try (ServerSocket socket = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return -1;
        }
    }

    String lastWords() throws IOException {
        String last = "it does not answer";
        if (Files.exists(log)) {
            for (String line : Files.readAllLines(log)) {
                int fatal = line.indexOf(FATAL);
                last = fatal < 0 ? last : line.substring(fatal + FATAL.length()).strip();
            }
        }
        return last;
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for PostgreSQL", e);
        }
    }
}
