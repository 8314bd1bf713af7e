package io.guildhall.api.web;

import io.guildhall.domain.kernel.CommandRefused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as they come in: RFC 3339, cut to the microsecond, which is the finest that is stored. */
public final class Times {

    private static final Pattern SHAPE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private Times() {}

    /** Null for what is no time. */
    public static @Nullable Instant parse(String text) {
        try {
            return SHAPE.matcher(text).matches()
                    ? OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS)
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null for none; refused, naming the field, when it is malformed or has yet to come. */
    public static @Nullable Instant past(String field, @Nullable String text, Instant now) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Instant time = parse(text);
        if (time == null) {
            throw malformed(field, field + " must be a time such as 2026-01-31T12:00:00Z.");
        }
        if (time.isAfter(now)) {
            throw malformed(field, field + " must not lie in the future.");
        }
        return time;
    }

    private static CommandRefused malformed(String field, String explanation) {
        return CommandRefused.because(new WebRefusal.FieldMalformed(field, explanation));
    }
}
