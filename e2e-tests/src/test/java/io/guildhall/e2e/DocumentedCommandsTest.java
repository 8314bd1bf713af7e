package io.guildhall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.e2e.DocumentedCommands.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Executes the commands of README.md and docs/quickstart.md, in order and in one shell, against a new service. Compares each answer with the one in the
 * documentation: the same fields, the same JSON types, the same values except for identifiers, tokens, times and hashes.
 */
@Tag("e2e")
class DocumentedCommandsTest {

    private static final List<String> FILES = List.of("README.md", "docs/quickstart.md");

    /** In an object: there are further fields. */
    private static final String MORE = "…";

    /** What differs from one run to the next. */
    private static final Map<Pattern, String> VARIABLE = Map.of(
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<id>",
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z"), "<time>",
            Pattern.compile("gld[a-z]_[A-Za-z0-9]{59}"), "<token>",
            Pattern.compile("[A-Za-z0-9+/]{43}="), "<hash>",
            Pattern.compile("localhost:\\d+"), "<service>");

    private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(30);
    private static final String END = "--- the block has ended ---";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private long mailsSeen;

    @Test
    void exceptsNoBlockButTheStart() throws IOException {
        List<DocumentedCommands> documents =
                FILES.stream().map(DocumentedCommands::of).toList();
        assertThat(documents.stream().flatMap(it -> it.exceptions().stream()))
                .containsExactly(
                        "README.md: starts the service, builds the project", "docs/quickstart.md: starts the service");
        for (DocumentedCommands document : documents) {
            long blocks = document.steps().stream()
                    .mapToLong(step -> step.expected() == null ? 1 : 2)
                    .sum();
            assertThat(DocumentedCommands.fences(GuildhallProcess.ROOT.resolve(document.file())))
                    .as(document.file())
                    .isEqualTo(2 * blocks);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void answersEachCommandAsTheDocumentationSays() throws Exception {
        try (GuildhallProcess service = GuildhallProcess.start();
                Shell shell = new Shell(directory)) {
            List<String> differences = new ArrayList<>();
            for (String file : FILES) {
                for (Step step : DocumentedCommands.of(file).steps()) {
                    if (step.exception() != null) {
                        continue;
                    }
                    String script = adapted(step.script(), service);
                    if (script.contains("$(mailed ")) {
                        awaitMail(service.home().resolve("mail"));
                    }
                    String output = shell.run(script);
                    if (step.expected() != null) {
                        String place = "%s:%d".formatted(file, step.line());
                        compare(place, step, output, differences);
                        assertThat(differences)
                                .as("%s\n%s\nanswers\n%s\n%s", place, script, output, service.log())
                                .isEmpty();
                    }
                }
            }
        }
    }

    /** The only differences between what the documentation says and what is executed: the port, the home directory and the launcher. */
    private static String adapted(String script, GuildhallProcess service) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return script.replace("http://localhost:8080", service.base().toString())
                .replace(".guildhall/mail", service.home() + "/mail")
                .replace(
                        "./guildhall trail",
                        java + " -jar " + GuildhallProcess.ROOT.resolve("cli/target/guildhall.jar") + " trail");
    }

    /** A reader is slower than a test: waits for the mail that the next block reads. */
    private void awaitMail(Path mails) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(MAIL_TIMEOUT);
        long count = count(mails);
        while (count <= mailsSeen) {
            assertThat(Instant.now()).as("a new mail in %s", mails).isBefore(deadline);
            Thread.sleep(50);
            count = count(mails);
        }
        mailsSeen = count;
    }

    private static long count(Path mails) throws IOException {
        if (!Files.isDirectory(mails)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(mails)) {
            return files.filter(it -> it.toString().endsWith(".eml")).count();
        }
    }

    private static void compare(String place, Step step, String output, List<String> differences) {
        if ("json".equals(step.language())) {
            compare(
                    place,
                    JsonMapper.shared().readTree(step.expected()),
                    JsonMapper.shared().readTree(output),
                    differences);
        } else if (!stable(String.valueOf(step.expected()).strip()).equals(stable(output.strip()))) {
            differences.add(place + " is other text");
        }
    }

    private static void compare(String path, JsonNode expected, @Nullable JsonNode actual, List<String> differences) {
        if (actual == null || expected.getNodeType() != actual.getNodeType()) {
            differences.add("%s is %s".formatted(path, actual == null ? "missing" : actual.getNodeType()));
        } else if (expected.isObject()) {
            var unexpected = new TreeSet<>(actual.propertyNames());
            for (String name : expected.propertyNames()) {
                if (name.equals(MORE)) {
                    unexpected.clear();
                } else {
                    compare(path + "." + name, expected.get(name), actual.get(name), differences);
                }
            }
            if (!expected.has(MORE)) {
                unexpected.removeAll(expected.propertyNames());
                unexpected.forEach(name -> differences.add("%s.%s is not documented".formatted(path, name)));
            }
        } else if (expected.isArray()) {
            if (expected.size() != actual.size()) {
                differences.add("%s has %d elements".formatted(path, actual.size()));
                return;
            }
            for (int i = 0; i < expected.size(); i++) {
                compare("%s[%d]".formatted(path, i), expected.get(i), actual.get(i), differences);
            }
        } else if (!stable(expected.asString()).equals(stable(actual.asString()))) {
            differences.add("%s is %s".formatted(path, actual));
        }
    }

    private static String stable(String text) {
        String result = text;
        for (Map.Entry<Pattern, String> variable : VARIABLE.entrySet()) {
            result = variable.getKey().matcher(result).replaceAll(variable.getValue());
        }
        return result;
    }

    /** One {@code sh} that executes the blocks one after the other, so that variables and functions stay. */
    private static final class Shell implements AutoCloseable {

        private final Process process;
        private final Writer input;
        private final BufferedReader output;

        Shell(Path directory) throws IOException {
            process = new ProcessBuilder("sh")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            input = process.outputWriter(UTF_8);
            output = process.inputReader(UTF_8);
        }

        String run(String script) throws IOException {
            input.write("%s\nprintf '\\n%%s\\n' '%s'\n".formatted(script, END));
            input.flush();
            List<String> lines = new ArrayList<>();
            while (true) {
                String line = output.readLine();
                if (line == null) {
                    throw new AssertionError("The shell ended: " + lines);
                }
                if (line.equals(END)) {
                    return String.join("\n", lines);
                }
                lines.add(line);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
