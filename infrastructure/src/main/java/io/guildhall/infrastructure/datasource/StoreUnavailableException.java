package io.guildhall.infrastructure.datasource;

/** The store cannot be reached or gave no answer: whether a command took effect is not known. */
public class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(Throwable cause) {
        super("The store is not available", cause);
    }

    /** Without a stack trace. */
    protected StoreUnavailableException(String message) {
        super(message, null, false, false);
    }
}
