package io.guildhall.domain.shared;

import org.axonframework.commandhandling.CommandExecutionException;

/** The one way in which a command says no. Carries its {@link Refusal} as details, and no stack trace: refusing is ordinary. */
public final class CommandRefused extends CommandExecutionException {

    private final transient Refusal refusal;

    private CommandRefused(Refusal refusal) {
        super(refusal.explanation(), null, refusal, false);
        this.refusal = refusal;
    }

    public static CommandRefused because(Refusal refusal) {
        return new CommandRefused(refusal);
    }

    public Refusal refusal() {
        return refusal;
    }
}
