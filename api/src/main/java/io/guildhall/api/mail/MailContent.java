package io.guildhall.api.mail;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A mail with everything that its template needs. Words that people chose cannot end a line, and with it a header, or change the direction of the
 * text around them.
 */
record MailContent(MailKind kind, String address, Map<String, Object> words) {

    private static final Pattern NOT_IN_A_LINE =
            Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

    MailContent {
        words = new HashMap<>(words);
        words.replaceAll((key, word) -> word instanceof String text ? oneLine(text) : word);
    }

    private static String oneLine(String text) {
        return NOT_IN_A_LINE.matcher(text).replaceAll(" ").strip();
    }
}
