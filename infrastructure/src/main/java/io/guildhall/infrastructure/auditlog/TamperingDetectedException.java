package io.guildhall.infrastructure.auditlog;

import org.jspecify.annotations.Nullable;

/** A trail is not what it was: its events, or what was kept for proving them, were changed past this service. */
public final class TamperingDetectedException extends RuntimeException {

    private final @Nullable Long sequence;

    /** @param sequence of the first activity that is wrong, if it can be told */
    TamperingDetectedException(String message, @Nullable Long sequence) {
        super(message, null, false, false);
        this.sequence = sequence;
    }

    public @Nullable Long sequence() {
        return sequence;
    }
}
