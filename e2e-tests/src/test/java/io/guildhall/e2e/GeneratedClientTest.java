package io.guildhall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is generated from the served description compiles, and works from sign-up to removal. */
@Tag("e2e")
class GeneratedClientTest {

    private static final Path GENERATOR =
            GuildhallProcess.ROOT.resolve("e2e-tests/target/openapi-generator/openapi-generator-cli.jar");
    private static final Path JOURNEY = GuildhallProcess.ROOT.resolve("e2e-tests/src/test/resources/generated-client");
    private static final Pattern LINK = Pattern.compile("(?m)^https?://[^/]+(/\\S+/)([A-Za-z0-9_-]{43})\\r?$");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void worksFromSignUpToRemoval() throws Exception {
        try (GuildhallProcess service = GuildhallProcess.start()) {
            String base = service.base().toString().replaceFirst("/$", "");
            generate("public", description(base + "/v3/api-docs"));
            generate("operators", description(base + "/v3/api-docs/operators"));
            compile("operators", List.of());
            Path classes = compile("public", List.of(JOURNEY));

            try (var loader = new URLClassLoader(
                    new URL[] {classes.toUri().toURL()}, GeneratedClientTest.class.getClassLoader())) {
                BinaryOperator<String> linkTo =
                        (address, path) -> link(service.home().resolve("mail"), address, path);
                loader.loadClass("io.guildhall.journey.ClientJourney")
                        .getMethod("run", String.class, BinaryOperator.class)
                        .invoke(null, base, linkTo);
            }
        }
    }

    private static String description(String address) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(java.net.URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    /** In a process of its own: the generator's dependencies are not the tests'. */
    private void generate(String name, String description) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve(name + ".json"), description);
        Path log = directory.resolve(name + ".log");
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        GENERATOR.toString(),
                        "generate",
                        "--input-spec=" + file,
                        "--generator-name=java",
                        "--output=" + directory.resolve(name),
                        "--global-property=apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false",
                        "--additional-properties=library=native,useJakartaEe=true,openApiNullable=false,containerDefaultToNull=true,"
                                + "invokerPackage=io.guildhall.client,apiPackage=io.guildhall.client.api,"
                                + "modelPackage=io.guildhall.client.model")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(generator.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(generator.exitValue()).as(Files.readString(log)).isZero();
    }

    private Path compile(String name, List<Path> more) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(name + "-classes"));
        List<Path> sources = new ArrayList<>(sources(directory.resolve(name).resolve("src/main/java")));
        for (Path root : more) {
            sources.addAll(sources(root));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var output = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            List<String> options = List.of(
                    "-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(output, files, null, options, null, units)
                            .call())
                    .as(output.toString())
                    .isTrue();
        }
        return classes;
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** Waits for the mail with such a link, and answers the link's id. */
    private static String link(Path mails, String address, String path) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(giveUp)) {
            for (String mail : texts(mails)) {
                Matcher link = LINK.matcher(mail);
                if (mail.contains("To: " + address)
                        && link.find()
                        && link.group(1).equals(path)) {
                    return link.group(2);
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("No mail with a link %s to %s".formatted(path, address));
    }

    private static List<String> texts(Path mails) {
        if (!Files.isDirectory(mails)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(mails)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(it -> it.toString().endsWith(".eml")).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
