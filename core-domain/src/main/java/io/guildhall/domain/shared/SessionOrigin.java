package io.guildhall.domain.shared;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a session. Personal data: stored in an event as one encrypted text.
 *
 * @param address the network address
 * @param client the kind of program, such as {@code Firefox on Linux}; null if unknown
 */
public record SessionOrigin(String address, @Nullable String client) {

    private static final String SEPARATOR = "\n";

    /** Returns the text that {@link #parse} reads. */
    public String text() {
        return client == null ? address : address + SEPARATOR + client;
    }

    public static SessionOrigin parse(String text) {
        int end = text.indexOf(SEPARATOR);
        return end < 0
                ? new SessionOrigin(text, null)
                : new SessionOrigin(text.substring(0, end), text.substring(end + SEPARATOR.length()));
    }
}
