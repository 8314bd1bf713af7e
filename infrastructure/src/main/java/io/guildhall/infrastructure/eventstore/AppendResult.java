package io.guildhall.infrastructure.eventstore;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The last event that a command has appended.
 *
 * @param position its position in the global order; 0 if nothing was appended, {@link #UNTOLD} if the store does not
 *     return it
 * @param event its id, if the position is unknown; otherwise null
 * @param segments the segments of all appended events as a bit mask, if the position is unknown
 */
public record AppendResult(long position, @Nullable String event, int segments) {

    /** The position is unknown: the store does not return it. */
    public static final long UNTOLD = -1;

    private static final String RESOURCE = AppendResult.class.getName();

    public static final AppendResult NOTHING = new AppendResult(0, null, 0);

    /** The result of a store that returns positions. */
    public static AppendResult at(long position) {
        return position == 0 ? NOTHING : new AppendResult(position, null, 0);
    }

    /** The result of a store that does not return positions. */
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
