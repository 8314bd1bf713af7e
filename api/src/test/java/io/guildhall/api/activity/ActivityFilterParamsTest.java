package io.guildhall.api.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityFilterParamsTest {

    @Test
    void meansTheWholeDayWhenADateBeginsAndEnds() {
        assertThat(spans("2026-01-31", "2026-01-31"))
                .containsExactly(
                        new Span(Instant.parse("2026-01-31T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z")));
    }

    @Test
    void endsBeforeATimeOfDay() {
        assertThat(spans("2026-01-31T10:00:00Z", "2026-01-31T12:00:00Z"))
                .containsExactly(
                        new Span(Instant.parse("2026-01-31T10:00:00Z"), Instant.parse("2026-01-31T12:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-12-31", "10000-01-01", "0000-12-31T00:00:00Z", "2026-02-30", "yesterday"})
    void namesTheFieldOfAnImpossibleTime(String time) {
        assertThatThrownBy(() -> spans(null, time))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly("until"));
    }

    private static List<Span> spans(String since, String until) {
        return new ActivityFilterParams(null, null, null, null, null, null, since, until, null)
                .filter()
                .created();
    }
}
