package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampParserTest {

    @Test
    void readsRfc3339ToTheMicrosecond() {
        assertThat(TimestampParser.parse("2026-03-01T12:59:59.1234567+01:00"))
                .isEqualTo(Instant.parse("2026-03-01T11:59:59.123456Z"));
        assertThat(TimestampParser.parse("2026-03-01t12:00:00z")).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-03-01T12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-03-01T11:00:00 01:00",
                "yesterday",
                "1772366400"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(TimestampParser.parse(text)).isNull();
    }
}
