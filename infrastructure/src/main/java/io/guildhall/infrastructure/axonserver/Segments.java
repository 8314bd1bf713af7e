package io.guildhall.infrastructure.axonserver;

import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import java.util.Collection;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** The segments of the event processor: the events of one trail are all in the same segment. Sets of segments are bit masks. */
public final class Segments {

    /** A power of two: Axon then numbers the segments from 0 and takes the low bits of a hash for the segment. */
    static final int COUNT = 16;

    /** All segments. */
    public static final int ALL = (1 << COUNT) - 1;

    private Segments() {}

    static int of(EventMessage<?> event) {
        return TrailSequencingPolicy.sequenceOf((DomainEventMessage<?>) event).hashCode() & (COUNT - 1);
    }

    /** The set of the events' segments. */
    public static int ofAll(Collection<? extends EventMessage<?>> events) {
        return events.stream().mapToInt(event -> 1 << of(event)).reduce(0, (one, other) -> one | other);
    }

    static boolean contains(int segments, int segment) {
        return (segments & 1 << segment) != 0;
    }

    /** The place in the global order. Positions count from 1, tokens of an Axon Server from 0. */
    static long position(EventMessage<?> event) {
        return ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow() + 1;
    }
}
