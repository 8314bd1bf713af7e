package io.guildhall.infrastructure.projection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Formats values as text that PostgreSQL can cast to the column's type. */
final class PostgresTextFormat {

    private static final int DAY = 86_400;
    private static final long END_OF_9999 = 253_402_300_800L;

    private PostgresTextFormat() {}

    static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Instant at -> text(at);
            case RowValues.Json json -> json.text();
            case Boolean bool -> bool ? "t" : "f";
            case String[] texts ->
                Arrays.stream(texts).map(PostgresTextFormat::quoted).collect(Collectors.joining(",", "{", "}"));
            default -> value.toString();
        };
    }

    /** Same as {@link Instant#toString} with nine digits, but faster than a formatter: a row has several timestamps. */
    private static String text(Instant at) {
        long second = at.getEpochSecond();
        if (second < 0 || second >= END_OF_9999) {
            return at.toString();
        }
        LocalDate day = LocalDate.ofEpochDay(second / DAY);
        int time = (int) (second % DAY);
        byte[] text = "0000-00-00T00:00:00.000000000Z".getBytes(ISO_8859_1);
        put(text, 4, day.getYear());
        put(text, 7, day.getMonthValue());
        put(text, 10, day.getDayOfMonth());
        put(text, 13, time / 3_600);
        put(text, 16, time / 60 % 60);
        put(text, 19, time % 60);
        put(text, 29, at.getNano());
        return new String(text, ISO_8859_1);
    }

    /** Writes the digits of a number, right-aligned. */
    private static void put(byte[] text, int end, int number) {
        int rest = number;
        for (int i = end - 1; rest > 0; i--, rest /= 10) {
            text[i] = (byte) ('0' + rest % 10);
        }
    }

    private static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static @Nullable String[] texts(Collection<? extends @Nullable Object> values) {
        return values.stream().map(PostgresTextFormat::text).toArray(String[]::new);
    }

    /** Parameters for this number of text arrays. */
    static String parameters(int arrays) {
        return String.join(", ", Collections.nCopies(arrays, "?::text[]"));
    }

    /** Column aliases: v0, v1, ... */
    static String columnAliases(int columns) {
        return IntStream.range(0, columns).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
    }
}
