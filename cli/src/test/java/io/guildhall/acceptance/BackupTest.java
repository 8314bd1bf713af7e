package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.cli.backup.BackupCommand;
import io.guildhall.cli.backup.RestoreCommand;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;

/** A backup of the service while it runs, and what comes back from it. */
@Tag("e2e")
class BackupTest extends AcceptanceTestBase {

    private static final List<String> READ = List.of(
            "/v1/organization_members", "/v1/organization_invitations", "/v1/activities/checkpoint", "/v1/webhooks");

    @TempDir
    private Path directory;

    private record Outcome(int status, String said) {}

    @Test
    void comesBackWithEverythingThatWasThere() throws Exception {
        AxonServer.assumeEventsInPostgres();
        TenantFixture tenantFixture = TenantFixture.of(client.newcomer());
        TestUser creator = tenantFixture.creator();
        List<String> before = read(creator.client());
        List<String> pagedTrail = PagedTrail.ofOrganization(creator).said();
        Path file = directory.resolve("a.backup");
        new JdbcTemplate(DATABASE.dataSource())
                .execute("create table somebody_elses (id integer generated always as identity)");

        assertThat(backup(file))
                .matches(it -> it.status() == 0)
                .matches(it -> it.said().contains("events"));
        creator.token("USER");
        new JdbcTemplate(DATABASE.dataSource()).execute("drop table somebody_elses");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain(creator.email());
        TestDatabase restored = TestDatabase.empty();
        Outcome outcome = restore(file, restored, masterKey());
        assertThat(outcome.said()).contains("are those of the backup");
        assertThat(outcome.status()).isZero();
        assertThat(restore(file, restored, masterKey()).said()).contains("not empty");

        try (ServiceProcesses serviceProcesses =
                ServiceProcesses.on(restored, "--guildhall.master-key=" + masterKey())) {
            TestUser again = creator.at(serviceProcesses.start().base());
            assertThat(read(again.client())).isEqualTo(before);
            assertThat(PagedTrail.ofOrganization(again).said()).isEqualTo(pagedTrail);
            again.client()
                    .as(tenantFixture.userToken().value())
                    .get("/v1/activities")
                    .ok();
            again.client().signIn(again.email(), again.password()).ok();
            assertThat(again.client()
                            .post(
                                    "/v1/account/signup",
                                    Map.of("name", "Ada", "email", again.email(), "password", again.password()))
                            .status())
                    .isEqualTo(400);
            again.token("ORGANIZATION");
            assertThat(serviceProcesses
                            .operator(0)
                            .post("/operator/v1/organizations/" + tenantFixture.organization() + "/check_trail")
                            .ok()
                            .at("holds")
                            .booleanValue())
                    .isTrue();
            DatabaseInvariants.hold(restored.dataSource());
        }
    }

    @Test
    void refusesWhatIsNotTheBackupThatWasWritten() throws Exception {
        AxonServer.assumeEventsInPostgres();
        TenantFixture.of(client.newcomer());
        Path file = directory.resolve("whole.backup");
        assertThat(backup(file).status()).isZero();
        assertThat(backup(file).said()).contains("exists already");
        byte[] whole = Files.readAllBytes(file);
        Path less = Files.write(directory.resolve("less"), Arrays.copyOf(whole, whole.length / 2));
        Path slightlyLess = Files.write(directory.resolve("slightly"), Arrays.copyOf(whole, whole.length - 1));
        Path otherEvent = altered(file, "tables/events", text -> text.replaceFirst("created", "crxated"));
        Path lessEvents = altered(file, "tables/events", text -> text.substring(text.indexOf('\n') + 1));
        Path otherManifest =
                altered(file, "manifest.json", text -> text.replaceFirst("\"made\":\"20", "\"made\":\"19"));
        TestDatabase empty = TestDatabase.empty();

        assertThat(Stream.of(less, slightlyLess, otherEvent, lessEvents, otherManifest))
                .allSatisfy(it -> {
                    Outcome outcome = restore(it, empty, masterKey());
                    assertThat(outcome.status()).isNotZero();
                    assertThat(outcome.said()).containsAnyOf("is incomplete", "was modified");
                });
        Outcome wrongKey = restore(file, empty, Base64.getEncoder().encodeToString(new byte[32]));
        assertThat(wrongKey.status()).isNotZero();
        assertThat(wrongKey.said()).contains("The master key is not the one that this backup was made with");
        assertThat(run(new RestoreCommand(), file, options(empty, directory.resolve("nowhere")))
                        .said())
                .contains("There is no master key");
        assertThat(new JdbcTemplate(empty.dataSource())
                        .queryForList("select 1 from pg_tables where schemaname = 'public'"))
                .isEmpty();
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    /** Wherever it runs. */
    private static List<String> read(Client client) {
        return READ.stream()
                .map(path -> client.get(path).ok().body().replaceAll("http://[^/]+/avatars", "/avatars"))
                .toList();
    }

    private Outcome backup(Path file) {
        return run(new BackupCommand(), file, options(DATABASE, HOME));
    }

    private Outcome restore(Path file, TestDatabase target, String masterKey) {
        return run(
                new RestoreCommand(),
                file,
                Stream.concat(
                                options(target, directory.resolve("home")).stream(),
                                Stream.of("--guildhall.master-key=" + masterKey))
                        .toList());
    }

    private static List<String> options(TestDatabase database, Path home) {
        return List.of(
                "--guildhall.home=" + home,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }

    private static Outcome run(Object command, Path file, List<String> options) {
        StringWriter said = new StringWriter();
        int status = new CommandLine(command)
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    said.write(String.valueOf(failure.getMessage()));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(Stream.concat(Stream.of(file.toString()), options.stream())
                        .toArray(String[]::new));
        return new Outcome(status, said.toString());
    }

    private String masterKey() throws IOException {
        return Files.readString(HOME.resolve("master.key")).strip();
    }

    /** The same archive, but for one entry. */
    private Path altered(Path file, String entry, UnaryOperator<String> change) throws IOException {
        Path other = Files.createTempFile(directory, "altered", "");
        try (ZipFile from = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(other);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry each : Collections.list(from.entries())) {
                byte[] content = from.getInputStream(each).readAllBytes();
                to.putNextEntry(new ZipEntry(each.getName()));
                if (each.getName().equals(entry)) {
                    String text = new String(content, UTF_8);
                    assertThat(change.apply(text)).isNotEqualTo(text);
                    content = change.apply(text).getBytes(UTF_8);
                }
                to.write(content);
            }
        }
        return other;
    }
}
