package io.guildhall.api.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.api.error.RejectionCodes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/**
 * The codes of errors are part of the API: a released code stays, and keeps its meaning. {@code error-codes.txt} lists all of them. A new
 * code is added there; none is changed or removed. {@code ApiTextsTest} compares the pages that explain them with the code.
 */
class ErrorCodesTest {

    @Test
    void areThoseOfTheFrozenList() throws IOException {
        List<String> frozen = new ClassPathResource("error-codes.txt")
                .getContentAsString(UTF_8)
                .lines()
                .toList();

        assertThat(ApiTexts.LOADED.problems()).containsOnlyKeys(frozen);
        assertThat(frozen).containsAll(RejectionCodes.all());
    }
}
