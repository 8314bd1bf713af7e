package io.guildhall.infrastructure.projection.rebuild;

import java.util.List;
import java.util.function.LongFunction;
import org.axonframework.eventhandling.DomainEventMessage;

/** The events in their global order, for whoever reads them from the beginning. */
public interface GlobalEventReader {

    /** One event with its place in the global order. */
    record PositionedEvent(long position, DomainEventMessage<?> event) {}

    /**
     * The next events behind a position, in order.
     *
     * @param upTo the last position that may be read: one that was {@link #highWaterMark()}, so that none can appear before it later
     */
    List<PositionedEvent> read(long after, long upTo, int atMost);

    /** The last position, at a moment when no append was under way: what lies before it is complete. Waits for appends, briefly. */
    default long highWaterMark() {
        return withAppendsBlocked(last -> last);
    }

    /** Does something while no event can be appended, by any process; given the last position. Must be brief. */
    <R> R withAppendsBlocked(LongFunction<R> work);
}
