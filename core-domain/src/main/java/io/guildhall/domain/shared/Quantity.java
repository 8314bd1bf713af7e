package io.guildhall.domain.shared;

/** Formats a number with its noun. */
public final class Quantity {

    private Quantity() {}

    /** {@code 1 seat}, {@code 2 seats}. */
    public static String of(long count, String singular) {
        return count == 1 ? "1 " + singular : count + " " + singular + "s";
    }
}
