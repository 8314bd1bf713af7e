package io.guildhall.infrastructure.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guildhall.api.GuildhallApplication;
import io.guildhall.infrastructure.datadirectory.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** All on one home: making a database takes longer than starting it. */
class EmbeddedPostgresServerTest {

    @TempDir
    private static Path directory;

    private static PrivateDirectory home;

    @BeforeAll
    static void makeAHome() {
        // PostgreSQL's programs start each other through a shell.
        home = new PrivateDirectory(directory.resolve("a $home"));
        home.secret("master.key");
    }

    @Test
    void keepsWhatIsCommitted() {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            assertThat(Stream.of("fsync", "synchronous_commit", "full_page_writes")
                            .map(setting -> sql(server)
                                    .sql("show " + setting)
                                    .query(String.class)
                                    .single()))
                    .containsOnly("on");
            sql(server).sql("create table kept (word text)").update();
            sql(server).sql("insert into kept values ('here')").update();
        }
        try (EmbeddedPostgresServer again = EmbeddedPostgresServer.start(home)) {
            assertThat(sql(again)
                            .sql("select word from kept")
                            .query(String.class)
                            .single())
                    .isEqualTo("here");
        }
    }

    @Test
    void letsNobodyInWithoutItsPassword() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            assertThatThrownBy(
                            () -> new DriverManagerDataSource(server.getJdbcUrl(), EmbeddedPostgresServer.USER, "guess")
                                    .getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.readAllLines(home.path().resolve("database/pg_hba.conf")))
                    .noneMatch(line -> !line.startsWith("#") && line.contains("trust"));
        }
    }

    @Test
    void belongsToOneProcess() {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(home))
                    .isInstanceOf(FailureAnalyzedException.class)
                    .hasMessageContaining("Another Guildhall is running in the home " + home.path());
        }
    }

    @Test
    void startsAgainWhenItsServiceWasKilled() throws Exception {
        Process victim = startInAnotherProcess();
        long left = serverProcess();
        victim.destroyForcibly().waitFor();

        try (EmbeddedPostgresServer restarted = EmbeddedPostgresServer.start(home)) {
            assertThat(serverProcess()).isNotEqualTo(left);
            assertThat(sql(restarted).sql("select 1").query(Integer.class).single())
                    .isOne();
        }
        assertThat(home.path().resolve("database/postmaster.pid")).doesNotExist();
    }

    @Test
    void startsAgainWhenItWasKilledToo() throws Exception {
        Process victim = startInAnotherProcess();
        long killed = serverProcess();
        victim.destroyForcibly();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        try (EmbeddedPostgresServer restarted = EmbeddedPostgresServer.start(home)) {
            assertThat(serverProcess()).isNotEqualTo(killed);
            assertThat(sql(restarted).sql("select 1").query(Integer.class).single())
                    .isOne();
        }
    }

    @Test
    void isStartedAgainWhenItEndsByItself() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            String url = server.getJdbcUrl();
            long killed = serverProcess();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() ->
                            sql(server).sql("select 1").query(Integer.class).single() == 1
                                    && serverProcess() != killed);
            assertThat(server.getJdbcUrl()).isEqualTo(url);
        }
        assertThat(home.path().resolve("database/postmaster.pid")).doesNotExist();
    }

    @Test
    void isNotConfusedByAnotherProcessOfTheSameNumber() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            // Creates the database.
        }
        Files.write(
                home.path().resolve("database/postmaster.pid"),
                List.of(String.valueOf(ProcessHandle.current().pid()), "", "", "1"));

        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            assertThat(serverProcess()).isNotEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void refusesADatabaseOfAnotherVersionInOneSentence() throws Exception {
        Path version = home.path().resolve("database/PG_VERSION");
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            // Creates the database.
        }
        String before = Files.readString(version);
        Files.writeString(version, "9.6\n");
        try {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(home))
                    .isInstanceOf(FailureAnalyzedException.class)
                    .hasMessage("The embedded PostgreSQL does not start: database files are incompatible with server");
        } finally {
            Files.writeString(version, before);
        }
    }

    @Test
    void makesNoPasswordBesideADatabase() throws Exception {
        Path file = home.path().resolve("database.password");
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            // Creates the database.
        }
        String password = Files.readString(file);
        Files.delete(file);
        try {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(home))
                    .isInstanceOf(FailureAnalyzedException.class)
                    .hasMessageContaining(file.toString());
            assertThat(file).doesNotExist();
        } finally {
            Files.writeString(file, password);
        }
    }

    @Test
    void endsASecondGuildhallInTheSameHomeWithASentence() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home)) {
            Process second = java(GuildhallApplication.class, "--guildhall.home=" + home.path(), "--server.port=0");
            String said = new String(second.getInputStream().readAllBytes());

            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isOne();
            assertThat(said)
                    .contains("Another Guildhall is running in the home " + home.path())
                    .doesNotContain("\tat ");
        }
    }

    /** Starts the server and waits to be killed. */
    static final class Victim {

        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgresServer.start(new PrivateDirectory(Path.of(arguments[0])));
            System.out.write('!');
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    private static Process startInAnotherProcess() throws IOException {
        Process process = java(Victim.class, home.path().toString());
        int read = process.getInputStream().read();
        while (read != '!') {
            assertThat(read).as("the other process ended").isNotNegative();
            read = process.getInputStream().read();
        }
        return process;
    }

    private static Process java(Class<?> main, String... arguments) throws IOException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
    }

    private static long serverProcess() throws IOException {
        try (Stream<String> lines = Files.lines(home.path().resolve("database/postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        }
    }

    private static JdbcClient sql(EmbeddedPostgresServer server) {
        return JdbcClient.create(
                new DriverManagerDataSource(server.getJdbcUrl(), EmbeddedPostgresServer.USER, server.getPassword()));
    }
}
