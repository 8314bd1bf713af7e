package io.guildhall.domain.shared;

/** A number with its noun, for texts that people read. */
public final class Quantity {

    private Quantity() {}

    /** {@code 1 seat}, {@code 2 seats}. */
    public static String of(long count, String singular) {
        return count == 1 ? "1 " + singular : count + " " + singular + "s";
    }
}
