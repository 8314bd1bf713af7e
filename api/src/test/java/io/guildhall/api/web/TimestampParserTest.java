package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampParserTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void readsRfc3339ToTheMicrosecond() {
        assertThat(TimestampParser.past("as_of", "2026-03-01T12:59:59.1234567+01:00", NOW))
                .isEqualTo(Instant.parse("2026-03-01T11:59:59.123456Z"));
        assertThat(TimestampParser.past("as_of", "2026-03-01t12:00:00z", NOW)).isEqualTo(NOW);
        assertThat(TimestampParser.past("as_of", null, NOW)).isNull();
        assertThat(TimestampParser.past("as_of", "", NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00.000001Z",
                "2026-03-01",
                "2026-03-01T12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-03-01T11:00:00 01:00",
                "yesterday",
                "1772366400"
            })
    void refusesWhatIsNoTimeOfThePast(String text) {
        assertThatThrownBy(() -> TimestampParser.past("as_of", text, NOW))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly("as_of"));
    }
}
