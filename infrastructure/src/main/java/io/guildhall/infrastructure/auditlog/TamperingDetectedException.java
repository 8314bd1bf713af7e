package io.guildhall.infrastructure.auditlog;

import org.jspecify.annotations.Nullable;

/** A trail was changed outside of this service: its events, or the hashes stored for its proofs. */
public final class TamperingDetectedException extends RuntimeException {

    private final @Nullable Long sequence;

    /** @param sequence of the first changed activity; null if unknown */
    TamperingDetectedException(String message, @Nullable Long sequence) {
        super(message, null, false, false);
        this.sequence = sequence;
    }

    public @Nullable Long sequence() {
        return sequence;
    }
}
