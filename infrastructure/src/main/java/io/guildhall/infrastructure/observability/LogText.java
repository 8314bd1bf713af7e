package io.guildhall.infrastructure.observability;

import org.jspecify.annotations.Nullable;

/** Escapes and shortens text for one log line, since it may come from a client. */
public final class LogText {

    private static final int MAX_LENGTH = 200;

    private LogText() {}

    /** Escapes everything but printable ASCII and letters, and cuts what is longer than 200 characters. */
    public static String of(@Nullable Object value) {
        String text = String.valueOf(value);
        var escaped = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(character -> append(escaped, character));
        return text.codePointCount(0, text.length()) > MAX_LENGTH
                ? escaped.append("...").toString()
                : escaped.toString();
    }

    private static void append(StringBuilder escaped, int character) {
        if (character >= ' ' && character < 0x7f || Character.isLetterOrDigit(character)) {
            escaped.appendCodePoint(character);
        } else {
            escaped.append("\\u{%x}".formatted(character));
        }
    }
}
