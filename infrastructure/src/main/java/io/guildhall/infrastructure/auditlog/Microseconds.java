package io.guildhall.infrastructure.auditlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Formats times with microseconds: {@code 2026-01-31T12:00:00.123456Z}. Faster than a formatter; an export writes two
 * times per line.
 */
public final class Microseconds {

    private static final int LENGTH = 27;

    private Microseconds() {}

    /** @param time of the years 0 to 9999 */
    public static String text(Instant time) {
        LocalDateTime it = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        var text = new byte[LENGTH];
        digits(text, 0, 4, it.getYear());
        text[4] = '-';
        digits(text, 5, 2, it.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, it.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, it.getHour());
        text[13] = ':';
        digits(text, 14, 2, it.getMinute());
        text[16] = ':';
        digits(text, 17, 2, it.getSecond());
        text[19] = '.';
        digits(text, 20, 6, it.getNano() / 1_000);
        text[26] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int from, int count, int number) {
        int left = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
