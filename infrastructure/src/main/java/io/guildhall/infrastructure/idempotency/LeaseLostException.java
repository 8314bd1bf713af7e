package io.guildhall.infrastructure.idempotency;

/** The lease of a request has expired and another node executes it. This node must not change anything. */
public final class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("Another node executes the request now", null, false, false);
    }
}
