package io.guildhall.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(1)",
                "\t=1",
                "\rx",
                "\nx",
                " =1",
                "\u00a0=1",
                "\u3000=1",
                "\u200b=1",
                "\ufeff@x",
                "\u2060 \u200d+1",
                "\u3164=1",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff20x",
                "\u22121",
                "\ufe66x"
            })
    void findsFormulas(String cell) {
        assertThat(Csv.isFormula(cell)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "a=b", "1-1", "{\"a\":\"=1\"}", "2026-01-31T12:00:00.000000Z", "é"})
    void takesOtherTextForNoFormula(String cell) {
        assertThat(Csv.isFormula(cell)).isFalse();
    }
}
