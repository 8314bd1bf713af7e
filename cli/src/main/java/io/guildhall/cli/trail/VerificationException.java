package io.guildhall.cli.trail;

/** An export does not hold. The message names the line and the reason. */
final class VerificationException extends Exception {

    /** @param number the number of the line, from 1; 0 when the reason concerns no single line */
    VerificationException(long number, String what) {
        super(number == 0 ? what : "Line %d: %s".formatted(number, what), null, false, false);
    }
}
