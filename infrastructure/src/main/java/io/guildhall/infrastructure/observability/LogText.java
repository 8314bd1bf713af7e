package io.guildhall.infrastructure.observability;

import org.jspecify.annotations.Nullable;

/** Text that may come from a client, as it may stand in a log: on one line, escaped, and short. */
public final class LogText {

    private static final int LONGEST = 200;

    private LogText() {}

    /** Escapes everything but printable ASCII and letters, and cuts what is longer than 200 characters. */
    public static String of(@Nullable Object value) {
        String text = String.valueOf(value);
        var escaped = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(character -> append(escaped, character));
        return text.codePointCount(0, text.length()) > LONGEST
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
