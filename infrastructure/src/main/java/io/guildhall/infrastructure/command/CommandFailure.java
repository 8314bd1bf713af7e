package io.guildhall.infrastructure.command;

import io.guildhall.infrastructure.axonserver.AxonServerUnavailableException;
import io.guildhall.infrastructure.datasource.DatabaseFailures;
import io.guildhall.infrastructure.idempotency.LeaseLostException;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.lifecycle.ShutdownInProgressException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.ConcurrencyFailureException;

/** What the failure of a command that was not refused means to who has sent it. The process that knows the failure tells the other. */
enum CommandFailure {
    /** Another command was faster. Nothing of this one was stored; it can be run again. */
    CONFLICT,
    /** No process was there that takes it. It was not run. */
    NO_HANDLER,
    /** The store is away, or the process that ran it. It may be stored or not. */
    UNKNOWN_OUTCOME,
    /** Ours. */
    INTERNAL;

    /** A failure that another process told of. */
    static final class RemoteCommandFailureException extends RuntimeException {

        private final CommandFailure what;

        RemoteCommandFailureException(CommandFailure what) {
            super("A command failed where it was handled: " + what, null, false, false);
            this.what = what;
        }
    }

    static CommandFailure of(Throwable failure) {
        if (failure instanceof RemoteCommandFailureException told) {
            return told.what;
        }
        if (failure instanceof NoHandlerForCommandException) {
            return NO_HANDLER;
        }
        if (isLostRace(failure)) {
            return CONFLICT;
        }
        return isOfTheStore(failure) ? UNKNOWN_OUTCOME : INTERNAL;
    }

    private static boolean isLostRace(Throwable failure) {
        return failure instanceof ConcurrencyException
                || failure instanceof AggregateStreamCreationException
                || failure instanceof DeadlockException
                || failure instanceof ConcurrencyFailureException
                || AxonServerUnavailableException.isLostRace(failure);
    }

    private static boolean isOfTheStore(Throwable failure) {
        return failure instanceof LeaseLostException
                || failure instanceof TimeoutException
                || failure instanceof InterruptedException
                || failure instanceof ShutdownInProgressException
                || AxonServerUnavailableException.isReasonOf(failure)
                || DatabaseFailures.isUnavailable(failure);
    }
}
