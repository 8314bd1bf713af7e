package io.guildhall.infrastructure.axonserver;

import io.axoniq.axonserver.connector.event.AggregateEventStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.infrastructure.observability.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.util.GrpcMetaDataConverter;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and appends the raw events of an Axon Server. Positions count from 1 as in PostgreSQL, 0 meaning no event; the
 * server's own tokens count from 0.
 */
public final class AxonServerEventClient {

    /**
     * Metadata key: the time, to the microsecond, of an event copied from PostgreSQL. The server itself keeps
     * milliseconds.
     */
    public static final String EXACT_TIME = "at";

    /** Metadata that is not part of the event. */
    private static final Set<String> TRANSPORT_METADATA = Set.of(EXACT_TIME, Tracing.PARENT, DomainEvent.TRAIL);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BUFFERED_EVENTS = 2_000;

    private final AxonServerConnectionManager connections;
    private final GrpcMetaDataConverter metadata;

    /** The highest last position that the server has returned. */
    private final AtomicLong highest = new AtomicLong();

    public AxonServerEventClient(AxonServerConnectionManager connections, Serializer serializer) {
        this.connections = connections;
        this.metadata = new GrpcMetaDataConverter(serializer);
    }

    /**
     * Returns the position of the last event, 0 if there is none.
     *
     * @throws AxonServerUnavailableException if the server does not answer within 5 s
     */
    public long last() {
        return last(TIMEOUT);
    }

    long last(Duration timeout) {
        long known = highest.get();
        try {
            return channel()
                    .getLastToken()
                    .thenApply(token -> requireAtLeast(known, token + 1))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new AxonServerUnavailableException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AxonServerUnavailableException(e);
        }
    }

    /** Rejects a lower position than before: a server that shuts down may answer as if it had no events. */
    private long requireAtLeast(long known, long position) {
        if (position < known) {
            throw new IllegalStateException("The Axon Server reports %d events, fewer than the %d it reported before"
                    .formatted(position, known));
        }
        highest.accumulateAndGet(position, Math::max);
        return position;
    }

    /** Returns the stored events after a position up to and including another one. */
    public List<Event> readRaw(long after, long upTo) {
        List<Event> found = new ArrayList<>();
        if (after >= upTo) {
            return found;
        }
        try (EventStream stream = channel().openStream(after - 1, BUFFERED_EVENTS, BUFFERED_EVENTS / 2)) {
            while (found.size() < upTo - after) {
                found.add(next(stream).getEvent());
            }
            return found;
        }
    }

    private static EventWithToken next(EventStream stream) {
        try {
            EventWithToken next = stream.nextIfAvailable(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AxonServerUnavailableException(stream.getError().orElse(null));
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AxonServerUnavailableException(e);
        }
    }

    /** Appends events atomically. */
    public void append(List<Event> events) {
        try {
            channel().appendEvents(events.toArray(Event[]::new)).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new AxonServerUnavailableException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AxonServerUnavailableException(e);
        }
    }

    /** Reads events of one aggregate from a sequence number on. */
    List<Event> readStream(String stream, long from, int atMost) {
        AggregateEventStream events = channel().openAggregateStream(stream, from, from + atMost);
        try {
            return events.asStream()
                    .filter(event -> event.getAggregateSequenceNumber() >= from)
                    .limit(atMost)
                    .toList();
        } catch (RuntimeException e) {
            throw new AxonServerUnavailableException(e);
        } finally {
            events.cancel();
        }
    }

    public MetaData metadata(Event event) {
        return metadata.convert(event.getMetaDataMap()).withoutKeys(TRANSPORT_METADATA);
    }

    /**
     * Returns the time of an event: to the microsecond if it was copied from PostgreSQL, otherwise to the millisecond.
     */
    public static Instant time(Event event) {
        var exact = event.getMetaDataMap().get(EXACT_TIME);
        return exact == null ? Instant.ofEpochMilli(event.getTimestamp()) : Instant.parse(exact.getTextValue());
    }

    /** Returns the id of the event's trail; null for an event of a claim. */
    public static @Nullable String trail(Event event) {
        var trail = event.getMetaDataMap().get(DomainEvent.TRAIL);
        return trail == null ? null : trail.getTextValue();
    }

    public static @Nullable String revision(Event event) {
        String revision = event.getPayload().getRevision();
        return revision.isEmpty() ? null : revision;
    }

    private EventChannel channel() {
        return connections.getConnection().eventChannel();
    }
}
