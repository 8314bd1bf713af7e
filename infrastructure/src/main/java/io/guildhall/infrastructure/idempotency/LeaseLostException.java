package io.guildhall.infrastructure.idempotency;

/** A request took longer than its lease, and another node executes it now. This node must change nothing any more. */
public final class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("Another node executes the request now", null, false, false);
    }
}
