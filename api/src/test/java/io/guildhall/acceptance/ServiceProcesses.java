package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.GuildhallApplication;
import io.guildhall.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * The service as its operator runs it: processes of its own that share a home and a database, and that can be killed. On a
 * machine with few cores, so no more than a test needs.
 */
final class ServiceProcesses implements AutoCloseable {

    private static final String OPERATOR_KEY = "the operators' secret of these processes";
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** The end of its line is written as such, or escaped where logs are JSON. */
    private static final Pattern READY = Pattern.compile("Service +http://localhost:(\\d+)(?:\\R|\\\\n)");

    /** Limits that a test under load would reach. */
    private static final List<String> WITHOUT_THROTTLES = Stream.concat(
                    Stream.of("max-api-tokens", "max-sessions", "max-pending-invitations")
                            .map("--guildhall.%s=1000000"::formatted),
                    Stream.of(
                                    "requests-per-caller",
                                    "sign-in-per-address",
                                    "sign-in-failures-per-address",
                                    "sign-in-failures-per-user-and-address",
                                    "sign-in-failures-per-user",
                                    "sign-up-per-address",
                                    "password-reset-per-address",
                                    "password-reset-per-user",
                                    "validation-per-user",
                                    "invitation-resend",
                                    "invitations-per-organization",
                                    "invitations-per-organization-and-recipient",
                                    "deactivations-per-organization",
                                    "mails-per-recipient")
                            .map(limit -> "--guildhall.throttle.%s=100000/1s".formatted(limit)))
            .toList();

    private static final String DRAIN = "--guildhall.shutdown.drain=";
    private static final String PORT = "--server.port=";

    private final Path home;
    private final @Nullable TestDatabase database;
    private final List<String> options;
    private final List<Running> started = new CopyOnWriteArrayList<>();

    private ServiceProcesses(@Nullable TestDatabase database, String... options) {
        this(temporary(), database, options);
    }

    private ServiceProcesses(Path home, @Nullable TestDatabase database, String... options) {
        this.home = home;
        this.database = database;
        this.options = List.of(options);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("guildhall-processes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None yet, on a home that will hold the database too, as when nothing is configured. */
    static ServiceProcesses withEmbeddedDatabase() {
        return new ServiceProcesses(null);
    }

    /** As {@link #withEmbeddedDatabase}, on this home. */
    static ServiceProcesses withEmbeddedDatabaseIn(Path home) {
        return new ServiceProcesses(home, null);
    }

    /** None yet, on this database. */
    static ServiceProcesses on(TestDatabase database, String... options) {
        return new ServiceProcesses(database, options);
    }

    /** None yet, on a database of their own, with these options. */
    static ServiceProcesses with(String... options) {
        return new ServiceProcesses(TestDatabase.empty(), options);
    }

    /**
     * Two processes on one database, the same for all tests of this JVM: each test has users and organizations of its
     * own, and leaves both processes running. With {@code -Daxonserver=HOST:PORT} their events are in that Axon Server, which
     * must be empty.
     */
    static ServiceProcesses pair() {
        return Pair.PROCESSES;
    }

    /** As {@link #pair}, where what takes webhooks days is over in seconds, and they may be sent to this machine. */
    static ServiceProcesses hasty() {
        return Hasty.PROCESSES;
    }

    static final String[] HASTE = {
        "--guildhall.webhooks.allow-private=true",
        "--guildhall.webhooks.timeout=2s",
        "--guildhall.webhooks.retries=" + String.join(",", Collections.nCopies(30, "300ms")),
        "--guildhall.webhooks.disable-after=5s",
        "--guildhall.webhooks.poll=50ms"
    };

    private static final class Hasty {

        private static final ServiceProcesses PROCESSES = start();

        private static ServiceProcesses start() {
            ServiceProcesses hasty = with(HASTE);
            Runtime.getRuntime().addShutdownHook(new Thread(hasty::close));
            return hasty.started(2);
        }
    }

    private static final class Pair {

        private static final ServiceProcesses PROCESSES = start();

        private static ServiceProcesses start() {
            ServiceProcesses pair = new ServiceProcesses(TestDatabase.empty(), AxonServer.options());
            Runtime.getRuntime().addShutdownHook(new Thread(pair::close));
            List<Running> both = List.of(pair.launch(), pair.launch());
            both.forEach(Running::awaitReady);
            return pair;
        }
    }

    /** Returns once it answers. */
    Running start() {
        Running process = launch();
        process.awaitReady();
        return process;
    }

    /** As {@link #start}, so many at the same time. */
    ServiceProcesses started(int count) {
        List<Running> all = IntStream.range(0, count).mapToObj(n -> launch()).toList();
        all.forEach(Running::awaitReady);
        return this;
    }

    /** The nth process that was started, counted from 0. */
    Running get(int index) {
        return started.get(index);
    }

    Path mails() {
        return home.resolve("mail");
    }

    /** Calls one of them as whoever runs it does. */
    Client operator(int index) {
        return operator(get(index));
    }

    /** As {@link #operator(int)}. */
    Client operator(Running process) {
        return process.client().as(OPERATOR_KEY);
    }

    /** Whether trails, lists and rules agree can be asked of the database alone. */
    DataSource database() {
        return database == null ? embeddedDatabase() : database.dataSource();
    }

    private DataSource embeddedDatabase() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {Integer.parseInt(serverFile().get(3).strip())});
        source.setDatabaseName("postgres");
        source.setUser("guildhall");
        source.setPassword(read(home.resolve("database.password")).strip());
        return source;
    }

    /** kill -9 of the embedded PostgreSQL with all that belongs to it. */
    void killDatabase() {
        ProcessHandle.of(Long.parseLong(serverFile().getFirst().strip()))
                .ifPresent(server -> Stream.concat(Stream.of(server), server.descendants())
                        .toList()
                        .forEach(ProcessHandle::destroyForcibly));
    }

    /** What the embedded PostgreSQL says about itself: on line 0 its process, on line 3 its port. */
    private List<String> serverFile() {
        return read(home.resolve("database/postmaster.pid")).lines().toList();
    }

    /** Not yet answering; options beside those of all. */
    Running launch(String... more) {
        return launch(List.of(), "localhost", more);
    }

    /**
     * As {@link #launch(String...)}.
     *
     * @param before what the command line begins with
     * @param host by which it is reached from here
     */
    Running launch(List<String> before, String host, String... more) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                // They do not live long enough for the other compiler to pay.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                GuildhallApplication.class.getName(),
                "--guildhall.home=" + home,
                "--guildhall.public-url=http://guildhall.test",
                "--guildhall.operator.key=" + OPERATOR_KEY));
        WITHOUT_THROTTLES.stream().filter(this::isNotChosen).forEach(command::add);
        if (Stream.of(more).noneMatch(option -> option.startsWith(PORT))) {
            command.add(PORT + "0");
        }
        if (!host.equals("localhost")) {
            command.add("--server.address=0.0.0.0");
        }
        command.addAll(options);
        command.addAll(List.of(more));
        if (database != null && Stream.of(more).noneMatch(option -> option.startsWith("--spring.datasource."))) {
            command.add("--spring.datasource.url=" + database.url());
            command.add("--spring.datasource.username=" + database.username());
            command.add("--spring.datasource.password=" + database.password());
        }
        if (database != null && options.stream().noneMatch(option -> option.startsWith(DRAIN))) {
            // Nobody takes them out of use before they are ended.
            command.add(DRAIN + "0s");
        }
        Path log = home.resolve("process-%d.log".formatted(started.size()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Running running = new Running(process, log, new Mailbox(mails()), host);
            started.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isNotChosen(String option) {
        String name = option.substring(0, option.indexOf('=') + 1);
        return options.stream().noneMatch(chosen -> chosen.startsWith(name));
    }

    /** Without the tests' own classes and resources, which are no part of the service. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }

    /** Ends all of it, the embedded database too, and removes the home. */
    @Override
    public void close() {
        started.forEach(Running::end);
        if (database == null && Files.exists(home.resolve("database/postmaster.pid"))) {
            killDatabase();
        }
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One process. */
    static final class Running {

        private final Process process;
        private final Path log;
        private final Mailbox mailbox;
        private final String host;
        private @Nullable URI base;

        private Running(Process process, Path log, Mailbox mailbox, String host) {
            this.process = process;
            this.log = log;
            this.mailbox = mailbox;
            this.host = host;
        }

        URI base() {
            if (base == null) {
                throw new IllegalStateException("It does not answer yet");
            }
            return base;
        }

        /** Calls it without a token. */
        Client client() {
            return new Client(base(), mailbox, null);
        }

        /** kill -9. */
        void kill() {
            process.destroyForcibly().onExit().join();
        }

        /** It hangs, and keeps its connections. */
        void hang() throws Exception {
            signal("STOP");
        }

        /** It goes on as if nothing had been. */
        void goOn() throws Exception {
            signal("CONT");
        }

        private void signal(String name) throws Exception {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + name + " ended with " + exit);
            }
        }

        /** SIGTERM; returns the exit code once it has ended. */
        int terminate() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The process does not end. " + lastWords());
            }
            return process.exitValue();
        }

        void awaitReady() {
            Instant giveUp = Instant.now().plus(PATIENCE);
            while (base == null) {
                Matcher ready = READY.matcher(read(log));
                if (ready.find()) {
                    base = URI.create("http://%s:%s".formatted(host, ready.group(1)));
                } else if (!process.isAlive() || Instant.now().isAfter(giveUp)) {
                    throw new AssertionError("The process does not answer. " + lastWords());
                } else {
                    pause();
                }
            }
        }

        /** All that it has logged so far. */
        List<String> log() {
            return read(log).lines().toList();
        }

        /** What it logged last, for whoever looks for the reason of a failure. */
        String lastWords() {
            List<String> lines = log();
            return "%s said last:%n%s"
                    .formatted(log, String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size())));
        }

        private void end() {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    kill();
                }
            } catch (InterruptedException e) {
                kill();
                Thread.currentThread().interrupt();
            }
        }

        private static void pause() {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
