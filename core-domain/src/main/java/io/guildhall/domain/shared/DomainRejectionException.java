package io.guildhall.domain.shared;

import org.axonframework.commandhandling.CommandExecutionException;

/** A command was rejected and changed nothing. Carries its {@link Rejection} as details, and no stack trace. */
public final class DomainRejectionException extends CommandExecutionException {

    private final transient Rejection rejection;

    public DomainRejectionException(Rejection rejection) {
        super(rejection.message(), null, rejection, false);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
