package io.guildhall.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.shared.Refusal;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** Every type of problem that the code can answer is explained, and nothing else is. */
class ApiTextsTest {

    private static final ApiTexts TEXTS = ApiTexts.LOADED;

    /** The arguments of {@code Problem.ofType} and of the factories of {@code ProblemException}. */
    private static final Pattern LITERAL = Pattern.compile(
            "(?:ofType|unauthenticated|retryable|ProblemException\\s*\\.of)\\(\\s*(?:[A-Za-z_.]+,\\s*)?\"([a-z0-9-]+)\"");

    @Test
    void explainEveryRefusal() throws Exception {
        assertThat(refusals()).isNotEmpty();
        assertThat(TEXTS.problems().keySet()).containsAll(refusals());
    }

    @Test
    void explainEveryOtherProblem() throws Exception {
        assertThat(literals()).contains("sign-in-failed", "internal-error", "idempotency-key-in-use", "trail-tampered");
        assertThat(TEXTS.problems().keySet()).containsAll(literals());
    }

    @Test
    void explainNothingThatDoesNotExist() throws Exception {
        Set<String> known = new TreeSet<>(refusals());
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

    private static Set<String> refusals() throws Exception {
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(
                    org.springframework.beans.factory.annotation.AnnotatedBeanDefinition definition) {
                return definition.getMetadata().isConcrete();
            }
        };
        scanner.addIncludeFilter(new AssignableTypeFilter(Refusal.class));
        Set<String> codes = new TreeSet<>();
        for (var found : scanner.findCandidateComponents("io.guildhall")) {
            Class<?> type = Class.forName(found.getBeanClassName());
            if (type.isRecord() && !isOfTests(type)) {
                codes.add(made(type).code());
            }
        }
        return codes;
    }

    private static boolean isOfTests(Class<?> type) {
        return type.getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .contains("test-classes");
    }

    /** A code derives from the type alone. */
    private static Refusal made(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        var constructor = type.getDeclaredConstructor(
                Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return (Refusal) constructor.newInstance(Stream.of(components)
                .map(component -> component.getType() == int.class
                        ? (Object) 0
                        : component.getType() == long.class ? (Object) 0L : null)
                .toArray());
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
