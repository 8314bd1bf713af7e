package io.guildhall.infrastructure.eventstore;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What a command has appended.
 *
 * @param position of its last event in the global order; 0 when there is none, {@link #UNTOLD} when the store does not tell
 * @param event the id of its last event, where only that is known
 * @param segments where only the last event's id is known: the set of segments of all its events, as a bit mask
 */
public record AppendResult(long position, @Nullable String event, int segments) {

    /** Somewhere: the store does not tell where. */
    public static final long UNTOLD = -1;

    private static final String RESOURCE = AppendResult.class.getName();

    public static final AppendResult NOTHING = new AppendResult(0, null, 0);

    /** Where a store has put the last event. */
    public static AppendResult at(long position) {
        return position == 0 ? NOTHING : new AppendResult(position, null, 0);
    }

    /** With this as the last event, to a store that does not tell where. */
    public static AppendResult somewhere(String event, int segments) {
        return new AppendResult(UNTOLD, event, segments);
    }

    /** Returns what a unit of work has appended so far. */
    public static AppendResult of(UnitOfWork<?> work) {
        return work.root().getOrDefaultResource(RESOURCE, NOTHING);
    }

    /** Records this as the last append of the unit of work in hand, if there is one. */
    public void record() {
        CurrentUnitOfWork.ifStarted(work ->
                work.root().resources().put(RESOURCE, new AppendResult(position, event, segments | of(work).segments)));
    }
}
