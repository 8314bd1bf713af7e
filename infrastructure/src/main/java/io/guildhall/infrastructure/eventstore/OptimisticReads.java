package io.guildhall.infrastructure.eventstore;

import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Optimistic reads: a command is decided on aggregates as this process has cached them, without a query for newer events. The append
 * verifies them: the store rejects it when another process has appended meanwhile. For an aggregate that nothing is appended to, the
 * repository queries the store before the commit.
 *
 * <p>Only where all that a command writes is in one transaction with its events. With events in an Axon Server, the encryption keys of
 * personal data are written before: there, a decision on an outdated aggregate could create a key for a user who was erased meanwhile
 * (R20: what was encrypted for an erased user can never be read again).
 */
public final class OptimisticReads {

    private static final String ALLOWED = "optimisticReads";
    private static final String USED = OptimisticReads.class.getName();

    /** Metadata of a command that is decided with optimistic reads. */
    public static final MetaData METADATA = MetaData.with(ALLOWED, true);

    private OptimisticReads() {}

    /** Whether the command in hand was sent with {@link #METADATA}. */
    static boolean areAllowed() {
        Message<?> command = CurrentUnitOfWork.get().root().getMessage();
        return command != null && command.getMetaData().containsKey(ALLOWED);
    }

    /** Records that the command in hand is decided on a cached aggregate. */
    static void use() {
        CurrentUnitOfWork.get().root().resources().put(USED, true);
    }

    /** Whether the command of the unit of work was decided on a cached aggregate. */
    public static boolean wereUsed(UnitOfWork<?> work) {
        return work.root().resources().containsKey(USED);
    }
}
