package io.guildhall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the distribution, unpacked and started by its launcher with a JDK and without Maven. */
@Tag("e2e")
class DistributionTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Pattern READY = Pattern.compile("Service +(http://\\S+)");
    private static final Set<String> MODULES = Set.of("api", "core-domain", "infrastructure", "query-side");
    private static final String ADA = "{\"email\":\"ada@example.com\",\"password\":\"correct horse battery\"%s}";

    @TempDir
    private Path directory;

    private Path unpacked;
    private Path launcher;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void unpack() throws Exception {
        Path archive;
        try (Stream<Path> files = Files.list(GuildhallProcess.ROOT.resolve("distribution/target"))) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString())
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        unpacked = directory.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
        // By a relative symbolic link, as in a directory of the PATH.
        launcher = Files.createSymbolicLink(
                directory.resolve("guildhall"), directory.relativize(unpacked.resolve("guildhall")));
    }

    @AfterEach
    void stop() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void startsFasterTheSecondTimeAndKeepsItsDataWhenItIsKilled() throws Exception {
        Path log = directory.resolve("first.log");
        Process first = launch(log, Map.of(), "--server.port=0", "--guildhall.home=" + directory.resolve("home"));
        URI service = awaitReady(first, log);
        assertThat(Files.readString(log)).startsWith("Starting Guildhall: takes about 10 s.");
        assertThat(post(service, "/v1/account/signup", ADA.formatted(",\"name\":\"Ada\"")))
                .isEqualTo(200);

        Path cache = awaitCache();
        first.destroyForcibly().waitFor();

        Path classes = directory.resolve("classes.log");
        log = directory.resolve("second.log");
        Process second = launch(
                log,
                Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes),
                "--server.port=0",
                "--guildhall.home=" + directory.resolve("home"));
        service = awaitReady(second, log);
        assertThat(Files.readString(log)).contains("Starting Guildhall: takes about 5 s.");
        assertThat(Files.readString(classes, UTF_8))
                .containsPattern("io\\.guildhall\\.api\\.ReadyBanner source: shared objects file");
        assertThat(post(service, "/v1/account/login", ADA.formatted(""))).isEqualTo(200);

        second.destroy();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).doesNotContain("\tat ");

        Files.writeString(cache, "damaged");
        assertThat(run("--version")).matches("Guildhall \\S+, Java 25\\S*\n");
    }

    @Test
    void refusesWhatItWouldOtherwiseIgnore() throws Exception {
        assertThat(run("bakup", "FILE"))
                .isEqualTo("Unmatched argument at index 0: 'bakup'\nDid you mean: guildhall backup?\n");
        assertThat(run("--guildhall.hoem=DIR"))
                .contains("Did you mean guildhall.home?")
                .doesNotContain("\tat ");
        assertThat(run(
                        "--guildhall.home=" + directory.resolve("home"),
                        "backup",
                        directory.resolve("file").toString()))
                .startsWith("There is no Guildhall in " + directory.resolve("home"));
        assertThat(run("restore", "missing.backup")).contains("missing.backup cannot be read: there is no such file.");
        assertThat(run("--help")).contains("backup", "restore", "operator", "--guildhall.home=DIRECTORY", "--version");
    }

    @Test
    void readsTheOperatorKeyFromTheEnvironment() throws Exception {
        String[] arguments = {
            "--url=http://localhost:1", "--guildhall.home=" + directory.resolve("home"), "operator", "mails"
        };

        assertThat(run(arguments)).startsWith("There is no operator key in " + directory.resolve("home"));
        assertThat(run(Map.of("GUILDHALL_OPERATOR_KEY", "secret"), arguments))
                .isEqualTo("No Guildhall answers at http://localhost:1. Name its address with --url.\n");
    }

    @Test
    void printsNoStackTraceWhenItIsStoppedDuringTheStart() throws Exception {
        Path log = directory.resolve("stopped.log");
        Path home = directory.resolve("home");
        Process process = launch(log, Map.of(), "--server.port=0", "--guildhall.home=" + home);
        await(() -> Files.exists(home.resolve("database.log")) ? home : null, process, log);

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void namesTheLicenceOfEachLibrary() throws Exception {
        String thirdParties = Files.readString(unpacked.resolve("THIRD-PARTY.txt"));
        assertThat(thirdParties).doesNotContainIgnoringCase("unknown license");
        try (Stream<Path> libraries = Files.list(unpacked.resolve("app/lib"))) {
            assertThat(libraries
                            .map(file -> file.getFileName().toString().replaceFirst("-[0-9][^/]*\\.jar$", ""))
                            .filter(name -> !MODULES.contains(name))
                            // Spring Boot's tools add this one to the extracted application themselves.
                            .filter(name -> !name.equals("spring-boot-jarmode-tools")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(thirdParties).contains(":" + name + ":"));
        }
    }

    private Process launch(Path log, Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.contains("MAVEN") || name.equals("JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private String run(Map<String, String> environment, String... arguments) throws Exception {
        Path log = Files.createTempFile(directory, "run", ".log");
        Process process = launch(log, environment, arguments);
        assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(log);
    }

    private static URI awaitReady(Process process, Path log) throws Exception {
        return await(
                () -> {
                    Matcher ready = READY.matcher(Files.readString(log));
                    return ready.find() ? URI.create(ready.group(1)) : null;
                },
                process,
                log);
    }

    /** The launcher makes it beside the running service. */
    private Path awaitCache() throws Exception {
        return await(
                () -> {
                    try (Stream<Path> files = Files.list(unpacked.resolve("app"))) {
                        return files.filter(file -> file.toString().endsWith(".aot"))
                                .findFirst()
                                .orElse(null);
                    }
                },
                started.getFirst(),
                directory.resolve("first.log"));
    }

    private interface Look<T> {

        @Nullable T look() throws IOException;
    }

    private static <T> T await(Look<T> look, Process process, Path log) throws Exception {
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (true) {
            T seen = look.look();
            if (seen != null) {
                return seen;
            }
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new AssertionError("It did not come about:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private static int post(URI service, String path, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(service.resolve(path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            return response.statusCode();
        }
    }
}
