package io.guildhall.api.wiring;

/** The store cannot be reached or gave no answer: whether the command took effect is not known. */
public final class StoreUnavailable extends RuntimeException {

    StoreUnavailable(Throwable cause) {
        super("The store is not available", cause);
    }
}
