package io.guildhall.api.web;

import io.guildhall.api.error.RequestRejectionException;
import org.jspecify.annotations.Nullable;

/** Which part of a list is wanted. Handler methods take it as a parameter: the query's {@code limit} and {@code offset}. */
public record PageParameters(long limit, long offset) {

    static final long DEFAULT_LIMIT = 20;
    static final long LARGEST_LIMIT = 100;

    /** The database reads what an offset skips. */
    static final long LARGEST_OFFSET = 10_000;

    /** A larger limit than there can be is the largest, as for the contract's clients. */
    static PageParameters of(@Nullable String limit, @Nullable String offset) {
        long wanted = number("limit", limit, DEFAULT_LIMIT);
        if (wanted == 0) {
            throw malformed("limit");
        }
        long skipped = number("offset", offset, 0);
        if (skipped > LARGEST_OFFSET) {
            throw RequestRejectionException.invalidArgument(
                    "offset",
                    "offset must be at most %d. Narrow the list down by its filters.".formatted(LARGEST_OFFSET));
        }
        return new PageParameters(Math.min(wanted, LARGEST_LIMIT), skipped);
    }

    private static long number(String name, @Nullable String text, long otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,15}")) {
            throw malformed(name);
        }
        return Long.parseLong(text);
    }

    private static RequestRejectionException malformed(String name) {
        return RequestRejectionException.invalidArgument(
                name, "limit must be a number from 1, offset one from 0, both without sign.");
    }
}
