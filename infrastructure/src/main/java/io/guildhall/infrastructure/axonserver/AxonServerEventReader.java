package io.guildhall.infrastructure.axonserver;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.guildhall.infrastructure.observability.Tracing;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader.PositionedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads the events of an Axon Server in their global order. */
public final class AxonServerEventReader {

    private static final int TIMEOUT_SECONDS = 5;

    private final EventStore events;

    public AxonServerEventReader(EventStore events) {
        this.events = events;
    }

    /** Opens a stream of the events after a position, including future ones. */
    BlockingStream<TrackedEventMessage<?>> open(long after) {
        return events.openStream(SegmentTokenStore.tokenAt(after));
    }

    /** Reads the events after a position in order. */
    public List<TrackedEventMessage<?>> read(long after, long upTo, int atMost) {
        long end = Math.min(upTo, after + atMost);
        List<TrackedEventMessage<?>> found = new ArrayList<>();
        if (after >= end) {
            return found;
        }
        try (BlockingStream<TrackedEventMessage<?>> stream = open(after)) {
            for (long position = after; position < end; ) {
                if (!stream.hasNextAvailable(TIMEOUT_SECONDS, SECONDS)) {
                    throw new AxonServerUnavailableException(null);
                }
                TrackedEventMessage<?> next = stream.nextAvailable();
                position = Segments.position(next);
                if (position <= end) {
                    found.add(next);
                }
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AxonServerUnavailableException(e);
        }
    }

    /** Same as {@link #read}, without the trace in which the events were appended. */
    public List<PositionedEvent> readStored(long after, long upTo, int atMost) {
        return read(after, upTo, atMost).stream()
                .map(event -> {
                    // Deserialize in the reading thread, which usually runs ahead of the projecting one.
                    event.getPayload();
                    return new PositionedEvent(
                            Segments.position(event), untraced(withExactTime((DomainEventMessage<?>) event)));
                })
                .toList();
    }

    private static DomainEventMessage<?> untraced(DomainEventMessage<?> event) {
        return event.withMetaData(event.getMetaData().withoutKeys(Set.of(Tracing.PARENT)));
    }

    /** Restores the time, to the microsecond, of an event copied from PostgreSQL. */
    static DomainEventMessage<?> withExactTime(DomainEventMessage<?> event) {
        if (!(event.getMetaData().get(AxonServerEventClient.EXACT_TIME) instanceof String time)) {
            return event;
        }
        return new GenericTrackedDomainEventMessage<>(
                ((TrackedEventMessage<?>) event).trackingToken(),
                new GenericDomainEventMessage<>(
                        event.getType(),
                        event.getAggregateIdentifier(),
                        event.getSequenceNumber(),
                        event.withMetaData(event.getMetaData().withoutKeys(Set.of(AxonServerEventClient.EXACT_TIME))),
                        Instant.parse(time)));
    }
}
