package io.guildhall.infrastructure.axonserver;

import java.util.List;

/** A store of events to copy from or to: what has happened, in its order. */
public interface EventArchive {

    /** How many there are. */
    long count();

    /** The next events behind the first so many, in their order; called for one stretch after the other. */
    List<RawEvent> read(long after, int atMost);

    /** All of them or none, behind those there are. */
    void append(List<RawEvent> events);
}
