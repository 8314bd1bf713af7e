package io.guildhall.infrastructure.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosecondsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-25T22:45:24Z",
                "2026-01-02T03:04:05.000006789Z",
                "2024-02-29T23:59:59.999999999Z",
                "1969-12-31T23:59:59.5Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void areWrittenAsAFormatterWould(String time) {
        Instant instant = Instant.parse(time);

        assertThat(Microseconds.text(instant))
                .isEqualTo(new DateTimeFormatterBuilder()
                        .appendInstant(6)
                        .toFormatter()
                        .format(instant));
    }
}
