package io.guildhall.cli.events;

import java.util.List;

/** An event store, read and written in the global order of events. */
interface EventArchive {

    /** The number of events. */
    long count();

    /** Reads the events after the first {@code after}, at most {@code atMost}. Call in ascending order of {@code after}. */
    List<RawEvent> read(long after, int atMost);

    /** Appends all events or none. */
    void append(List<RawEvent> events);
}
