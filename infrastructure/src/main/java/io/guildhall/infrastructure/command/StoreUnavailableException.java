package io.guildhall.infrastructure.command;

/** The store cannot be reached or gave no answer: whether the command took effect is not known. */
public final class StoreUnavailableException extends RuntimeException {

    StoreUnavailableException(Throwable cause) {
        super("The store is not available", cause);
    }
}
