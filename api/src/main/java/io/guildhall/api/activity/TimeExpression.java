package io.guildhall.api.activity;

import io.guildhall.api.web.TimestampParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A time as searches name it: a whole day of UTC, or a microsecond, which is the finest that a trail tells apart. */
record TimeExpression(Instant start, Instant end) {

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    boolean isDay() {
        return end.isAfter(start.plus(1, ChronoUnit.MICROS));
    }

    /** Null for what is neither a date nor an RFC 3339 time. */
    static @Nullable TimeExpression parse(String text) {
        try {
            if (DAY.matcher(text).matches()) {
                LocalDate day = LocalDate.parse(text);
                return day.isBefore(FIRST_DAY)
                        ? null
                        : new TimeExpression(
                                day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                                day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            Instant time = TimestampParser.parse(text);
            return time == null ? null : new TimeExpression(time, time.plus(1, ChronoUnit.MICROS));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
