package io.guildhall.api.proof;

/** Why an export does not hold. */
final class VerificationException extends Exception {

    /** @param number of the line, from 1 on; 0 when it is none in particular */
    VerificationException(long number, String what) {
        super(number == 0 ? what : "Line %d: %s".formatted(number, what), null, false, false);
    }
}
