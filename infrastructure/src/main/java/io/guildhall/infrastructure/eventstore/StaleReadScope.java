package io.guildhall.infrastructure.eventstore;

import java.util.concurrent.Callable;

/**
 * Deciding on aggregates as this process has left them, without asking the store whether there is anything newer. The append finds
 * out: it is refused when another process was there. Of an aggregate that nothing is appended to, the store is asked before the
 * commit whether there is anything newer. What is refused is decided once more on what the store says.
 *
 * <p>Only where all that a decision does goes with its append, or not at all. With events in an Axon Server keys of personal data are
 * written before: there one of somebody who was erased meanwhile would be made anew (R20).
 */
public final class StaleReadScope {

    private static final ScopedValue<StaleReadScope> CURRENT = ScopedValue.newInstance();

    private boolean taken;

    /** A decision on an aggregate that another process has changed meanwhile. Nothing has happened. */
    public static final class StaleDecisionException extends RuntimeException {

        StaleDecisionException(String aggregate) {
            super(
                    "Another process has appended to " + aggregate + ", which was decided on without asking the store",
                    null,
                    false,
                    false);
        }
    }

    /** Runs the work, in which aggregates may be taken as they are remembered. */
    public <R> R during(Callable<R> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /** Whether an aggregate was taken so. */
    public boolean wasTaken() {
        return taken;
    }

    static boolean isGiven() {
        return CURRENT.isBound();
    }

    static void take() {
        CURRENT.get().taken = true;
    }
}
