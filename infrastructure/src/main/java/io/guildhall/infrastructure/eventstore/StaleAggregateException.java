package io.guildhall.infrastructure.eventstore;

/** A command was decided with {@link OptimisticReads} on an aggregate that may be outdated. Nothing has been stored. */
public final class StaleAggregateException extends RuntimeException {

    public StaleAggregateException(String message) {
        super(message, null, false, false);
    }
}
