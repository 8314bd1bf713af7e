package io.guildhall.api.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses times of requests: RFC 3339, truncated to the microsecond, which is the finest that is stored. Years from 0001 to 9999 in UTC, so that each
 * time can be answered in RFC 3339 again.
 */
public final class TimestampParser {

    private static final Pattern SHAPE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999Z");

    private TimestampParser() {}

    /** Null for what is no time. */
    public static @Nullable Instant parse(String text) {
        try {
            if (!SHAPE.matcher(text).matches()) {
                return null;
            }
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            return time.isBefore(MIN) || time.isAfter(MAX) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
