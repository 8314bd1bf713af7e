package io.guildhall.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.guildhall.domain.shared.Refusal;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The console tells people what to do about refusals, by their types. */
class ConsoleAdviceTest {

    private static final Pattern ENTRY = Pattern.compile("(?m)^  '?([a-z-]+)'?: \\{");

    @Test
    void isAboutRefusalsThatThereAre() throws IOException {
        String script = new ClassPathResource("static/console/words.js").getContentAsString(UTF_8);
        String advice = script.substring(
                script.indexOf("const ADVICE = {"), script.indexOf("\n};", script.indexOf("const ADVICE = {")));
        Set<String> types = ENTRY.matcher(advice)
                .results()
                .map((MatchResult it) -> it.group(1))
                .collect(Collectors.toSet());

        assertThat(types).contains("seats-exhausted", "last-member").isSubsetOf(codes());
    }

    /** As {@link Refusal#code} derives them. */
    private static Set<String> codes() {
        return new ClassFileImporter()
                .importPackages("io.guildhall.domain").stream()
                        .filter(type -> type.isAssignableTo(Refusal.class) && !type.isInterface())
                        .map(JavaClass::getSimpleName)
                        .map(name -> name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
                                .toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }
}
