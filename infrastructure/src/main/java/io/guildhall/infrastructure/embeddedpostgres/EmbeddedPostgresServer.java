package io.guildhall.infrastructure.embeddedpostgres;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.datadirectory.PrivateDirectory;
import io.guildhall.infrastructure.embeddedpostgres.PostgresBinaries.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server in the data directory, used by one service at a time. Listens on the loopback interface only and
 * requires a password. Restarted on the same port after a crash.
 */
final class EmbeddedPostgresServer implements JdbcConnectionDetails, AutoCloseable {

    static final String USE_ANOTHER =
            "To use your own PostgreSQL, set spring.datasource.url, spring.datasource.username and spring.datasource.password.";

    static final String USER = "guildhall";
    static final String PASSWORD_FILE = "database.password";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
    private static final String LOG_FILE = "database.log";
    private static final String FATAL = "FATAL:";
    private static final Pattern SPECIAL_IN_DOUBLE_QUOTES = Pattern.compile("[$`\"\\\\]");
    private static final String START_TIMEOUT_SECONDS = "300";
    private static final String STOP_TIMEOUT_SECONDS = "60";
    private static final Duration POLL = Duration.ofMillis(300);
    private static final int LOCK_ATTEMPTS = 7;

    private final PrivateDirectory home;
    private final FileChannel lock;
    private final PostmasterPidFile pidFile;
    private final String password;
    private final PostgresBinaries binaries;
    private final int port;
    private volatile boolean closed;

    private EmbeddedPostgresServer(PrivateDirectory home, FileChannel lock) throws IOException {
        this.home = home;
        this.lock = lock;
        pidFile = PostmasterPidFile.in(home.path());
        if (home.has(DataDirectory.DATABASE) && !home.has(PASSWORD_FILE)) {
            // A new password would not open the database, and would hide that the right one is missing.
            throw new FailureAnalyzedException(
                    "The password of the embedded PostgreSQL is missing: the file %s does not exist."
                            .formatted(home.file(PASSWORD_FILE)),
                    "Put back the file that was created with the database.");
        }
        password = home.secret(PASSWORD_FILE);
        binaries = PostgresBinaries.unpackedIn(programs(home));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    /**
     * PostgreSQL's programs start each other through a shell, with their path in double quotes. If the path of the data directory has a
     * character that is special there, they are kept in the user's cache directory instead.
     */
    private static Path programs(PrivateDirectory home) {
        PrivateDirectory parent =
                SPECIAL_IN_DOUBLE_QUOTES.matcher(home.path().toString()).find()
                        ? new PrivateDirectory(Path.of(System.getProperty("user.home"), ".cache", "guildhall"))
                        : home;
        return parent.directory("postgresql");
    }

    /** Returns when the server accepts connections. */
    static EmbeddedPostgresServer start(PrivateDirectory home) {
        FileChannel lock = lock(home);
        boolean started = false;
        try {
            var server = new EmbeddedPostgresServer(home, lock);
            server.start();
            started = true;
            return server;
        } catch (IOException e) {
            throw PrivateDirectory.unusable(home.path(), e);
        } finally {
            if (!started) {
                release(lock);
            }
        }
    }

    /** Excludes other services. The operating system releases the lock when the process ends, however it ends. */
    private static FileChannel lock(PrivateDirectory home) {
        try {
            FileChannel channel = home.open("database.lock", CREATE, WRITE);
            // A process that was just killed may hold the lock for another moment.
            for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
                if (channel.tryLock() != null) {
                    return channel;
                }
                pause();
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            // This process has the lock, and would lose it if this channel were closed.
        } catch (IOException e) {
            throw PrivateDirectory.unusable(home.path(), e);
        }
        throw new FailureAnalyzedException(
                "Another Guildhall is running in the home %s.".formatted(home.path()),
                "Stop it, or name another home: --guildhall.home=<directory>. Several services can share a PostgreSQL of yours, but not"
                        + " an embedded one.");
    }

    private void start() throws IOException {
        if (pidFile.server().isPresent()) {
            LOG.info("Stopping the embedded PostgreSQL that an earlier run left running");
            stop();
        }
        if (!home.has(DataDirectory.DATABASE)) {
            createDatabase();
        }
        if (home.has(LOG_FILE)) {
            Files.move(home.file(LOG_FILE), home.file(LOG_FILE + ".old"), REPLACE_EXISTING);
        }
        if (!launch()) {
            throw new FailureAnalyzedException(
                    "The embedded PostgreSQL does not start: %s".formatted(lastFatalMessage()),
                    "See %s. %s".formatted(home.file(LOG_FILE), USE_ANOTHER));
        }
        Thread.ofPlatform().name("embedded-postgresql").daemon().start(this::restartAfterCrashes);
    }

    /** Creates it under another name and renames it, so that no half-created database is ever started. */
    private void createDatabase() throws IOException {
        LOG.info("Creating the database in {}", home.file(DataDirectory.DATABASE));
        String draft = DataDirectory.DATABASE + ".new";
        FileSystemUtils.deleteRecursively(home.file(draft));
        Result created = binaries.run(
                home.path(),
                "initdb",
                List.of(
                        "--pgdata=" + home.file(draft),
                        "--username=" + USER,
                        "--pwfile=" + home.file(PASSWORD_FILE),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
        if (!created.succeeded()) {
            Optional<String> error = created.output()
                    .lines()
                    .filter(line -> line.contains("error:"))
                    .findFirst();
            throw new FailureAnalyzedException(
                    "The embedded PostgreSQL could not be created: %s".formatted(error.orElse(created.output())),
                    "Started by root it needs user namespaces and the program unshare. " + USE_ANOTHER);
        }
        home.rename(draft, DataDirectory.DATABASE);
    }

    /** Whether the server accepts connections. Fails as soon as the server ends. */
    private boolean launch() throws IOException {
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
                // Do not log rejected statements: lost races are expected, and the values may be personal data.
                "log_min_messages=log",
                "log_checkpoints=off");
        // pg_ctl hands the directory to a shell, so it is relative to the working directory.
        return pgCtl("start", START_TIMEOUT_SECONDS, "-l", LOG_FILE, "-o", settings);
    }

    private boolean stop() throws IOException {
        return pgCtl("stop", STOP_TIMEOUT_SECONDS, "-m", "fast");
    }

    private boolean pgCtl(String command, String timeout, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command, "-D", DataDirectory.DATABASE, "-w", "-t", timeout));
        arguments.addAll(List.of(more));
        Result result = binaries.run(home.path(), "pg_ctl", arguments);
        LOG.debug("pg_ctl {}: {}", command, result.output());
        return result.succeeded();
    }

    /** Retries until the service stops: a full disk, for example, may be freed. */
    private void restartAfterCrashes() {
        String reported = "";
        while (!closed) {
            String failure = restartIfEnded();
            if (!failure.isEmpty() && !failure.equals(reported)) {
                LOG.warn("The embedded PostgreSQL has stopped and does not start. Retrying. Reason: {}", failure);
            }
            reported = failure;
            pause();
        }
    }

    /** Returns the reason if the server has ended and does not start, and otherwise an empty string. */
    private synchronized String restartIfEnded() {
        try {
            if (closed || pidFile.server().isPresent()) {
                return "";
            }
            if (!launch()) {
                return lastFatalMessage();
            }
            LOG.warn("Restarted the embedded PostgreSQL after it stopped unexpectedly");
            return "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String lastFatalMessage() throws IOException {
        String last = "it does not accept connections";
        if (home.has(LOG_FILE)) {
            for (String line : Files.readAllLines(home.file(LOG_FILE))) {
                int fatal = line.indexOf(FATAL);
                last = fatal < 0 ? last : line.substring(fatal + FATAL.length()).strip();
            }
        }
        return last;
    }

    @Override
    public String getJdbcUrl() {
        return url(port);
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    @Override
    public String getUsername() {
        return USER;
    }

    @Override
    public String getPassword() {
        return password;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (pidFile.server().isPresent() && !stop()) {
                LOG.warn("The embedded PostgreSQL did not stop within {} s", STOP_TIMEOUT_SECONDS);
            }
        } catch (IOException e) {
            LOG.warn("The embedded PostgreSQL did not stop", e);
        } finally {
            release(lock);
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock of the embedded database was not released", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the embedded PostgreSQL", e);
        }
    }
}
