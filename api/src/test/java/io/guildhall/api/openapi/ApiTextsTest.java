package io.guildhall.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.api.error.RejectionCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every type of problem that the code can answer is explained, and nothing else is. */
class ApiTextsTest {

    private static final ApiTexts TEXTS = ApiTexts.LOADED;

    /** The arguments of {@code Problem.of} and of the factories of {@code RequestRejectionException}. */
    private static final Pattern LITERAL =
            Pattern.compile("(?:(?:unauthenticated|forbidden)\\(|(?:(?:Problem\\.|Exception\\s*\\.|[ (])of|retryable)"
                    + "\\(\\s*[A-Za-z_.]+,)\\s*(?:\"[a-z_-]+\",\\s*)?\"([a-z0-9-]+)\"");

    @Test
    void explainEveryRejection() throws Exception {
        assertThat(RejectionCodes.all()).isNotEmpty();
        assertThat(TEXTS.problems().keySet()).containsAll(RejectionCodes.all());
    }

    @Test
    void explainEveryOtherProblem() throws Exception {
        assertThat(literals()).contains("sign-in-failed", "internal-error", "idempotency-key-in-use", "trail-tampered");
        assertThat(TEXTS.problems().keySet()).containsAll(literals());
    }

    @Test
    void explainNothingThatDoesNotExist() throws Exception {
        Set<String> known = new TreeSet<>(RejectionCodes.all());
        known.addAll(literals());
        assertThat(known).containsAll(TEXTS.problems().keySet());
    }

    @Test
    void nameOnlyProblemsThatAreExplained() {
        TEXTS.operations()
                .forEach((operation, text) ->
                        assertThat(TEXTS.problems().keySet()).as(operation).containsAll(text.problems()));
    }

    /** A text for a property that a record does not have would be shown nowhere. */
    @Test
    void describeOnlyPropertiesThatExist() {
        TEXTS.schemas()
                .forEach((name, text) ->
                        assertThat(text.properties().keySet()).as(name).containsAll(text.required()));
    }

    private static Set<String> literals() throws IOException {
        Set<String> found = new TreeSet<>();
        Path sources = Path.of("src/main/java");
        List<Path> files;
        try (Stream<Path> all =
                Files.walk(Files.isDirectory(sources) ? sources : Path.of("api").resolve(sources))) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path file : files) {
            LITERAL.matcher(Files.readString(file)).results().forEach(match -> found.add(match.group(1)));
        }
        // Made by Spring's and the routes' own checks.
        found.add("field-malformed");
        return found;
    }
}
