package io.guildhall.infrastructure.eventstore;

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

    public static final AppendResult NOTHING = new AppendResult(0, null, 0);

    /** Where a store has put the last event. */
    public static AppendResult at(long position) {
        return position == 0 ? NOTHING : new AppendResult(position, null, 0);
    }

    /** With this as the last event, to a store that does not tell where. */
    public static AppendResult somewhere(String event, int segments) {
        return new AppendResult(UNTOLD, event, segments);
    }

    /** What was appended together with something before. */
    AppendResult after(AppendResult before) {
        return new AppendResult(position, event, segments | before.segments);
    }
}
