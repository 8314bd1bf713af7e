package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageParametersTest {

    @Test
    void isTheFirstTwentyUnlessAskedOtherwise() {
        assertThat(PageParameters.of(null, null)).isEqualTo(new PageParameters(20, 0));
        assertThat(PageParameters.of("", "")).isEqualTo(new PageParameters(20, 0));
    }

    @Test
    void givesNoMoreThanAHundredAtOnce() {
        assertThat(PageParameters.of("1000", "30")).isEqualTo(new PageParameters(100, 30));
        assertThat(PageParameters.of("999999999999999", "10000")).isEqualTo(new PageParameters(100, 10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, -1, 0",
        "limit, 0, 0",
        "limit, ten, 0",
        "offset, 10, -1",
        "offset, 10, 1e3",
        "offset, 10, 10001",
        "offset, 10, 999999999999999",
        "offset, 10, 99999999999999999999"
    })
    void namesWhatIsMalformed(String field, String limit, String offset) {
        assertThatThrownBy(() -> PageParameters.of(limit, offset))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly(field));
    }
}
