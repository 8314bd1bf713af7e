package io.guildhall.infrastructure.axonserver;

import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import java.util.Collection;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The segments of the event processor. All events of one trail belong to the same segment. Sets of segments are bit
 * masks.
 */
public final class Segments {

    /** A power of two: Axon then numbers segments from 0 and uses the low bits of the hash. */
    static final int COUNT = 16;

    /** All segments. */
    public static final int ALL = (1 << COUNT) - 1;

    private Segments() {}

    static int of(EventMessage<?> event) {
        return TrailSequencingPolicy.sequenceOf((DomainEventMessage<?>) event).hashCode() & (COUNT - 1);
    }

    /** The segments of events, as a bit mask. */
    public static int ofAll(Collection<? extends EventMessage<?>> events) {
        return events.stream().mapToInt(event -> 1 << of(event)).reduce(0, (one, other) -> one | other);
    }

    static boolean contains(int segments, int segment) {
        return (segments & 1 << segment) != 0;
    }

    /** The position of an event in the global order, from 1; Axon Server's tokens count from 0. */
    static long position(EventMessage<?> event) {
        return ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow() + 1;
    }
}
