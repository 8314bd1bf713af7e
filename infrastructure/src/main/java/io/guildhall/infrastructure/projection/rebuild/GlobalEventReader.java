package io.guildhall.infrastructure.projection.rebuild;

import java.util.List;
import java.util.function.LongFunction;
import org.axonframework.eventhandling.DomainEventMessage;

/** Reads events in their global order. */
public interface GlobalEventReader {

    /** An event with its position in the global order. */
    record PositionedEvent(long position, DomainEventMessage<?> event) {}

    /**
     * Returns the next events after a position, in order.
     *
     * @param upTo the last position to read: a former {@link #highWaterMark()}, so that no event can appear before it
     *     later
     */
    List<PositionedEvent> read(long after, long upTo, int atMost);

    /**
     * Returns the last position at a moment without a running append: no event can appear before it later. Waits
     * briefly for appends.
     */
    default long highWaterMark() {
        return withAppendsBlocked(last -> last);
    }

    /** Runs work, given the last position, while no node can append events. The work must be brief. */
    <R> R withAppendsBlocked(LongFunction<R> work);
}
