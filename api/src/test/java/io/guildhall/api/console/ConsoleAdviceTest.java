package io.guildhall.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.api.error.RejectionCodes;
import java.io.IOException;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The console tells people what to do about rejections, by their types. */
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

        assertThat(types).contains("seats-exhausted", "last-member").isSubsetOf(RejectionCodes.all());
    }
}
