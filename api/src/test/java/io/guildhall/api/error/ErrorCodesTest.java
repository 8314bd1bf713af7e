package io.guildhall.api.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/**
 * The codes of errors are part of the API: a released code stays, and keeps its meaning. {@code error-codes.txt} lists all of them. A new
 * code is added there; none is changed or removed. {@code ApiTextsTest} compares the pages that explain them with the code.
 */
class ErrorCodesTest {

    private static final Pattern ENTRY = Pattern.compile("(?m)^([a-z0-9-]+):");

    @Test
    void areThoseOfTheFrozenList() throws IOException {
        List<String> frozen = read("error-codes.txt").lines().toList();

        assertThat(ENTRY.matcher(read("openapi/problems.yaml")).results().map((MatchResult it) -> it.group(1)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(frozen);
        assertThat(frozen).containsAll(RejectionCodes.all());
    }

    private static String read(String resource) throws IOException {
        return new ClassPathResource(resource).getContentAsString(UTF_8);
    }
}
