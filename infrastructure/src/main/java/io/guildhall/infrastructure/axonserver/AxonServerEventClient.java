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
 * The events of an Axon Server as it stores them. Positions count from 1, so that 0 means that there is no event, as with the events in
 * PostgreSQL; the server's own tokens count from 0.
 */
public final class AxonServerEventClient {

    /** Metadata: the time of an event that came from PostgreSQL. The server keeps milliseconds. */
    public static final String EXACT_TIME = "at";

    /** Metadata that is no part of the event itself. */
    private static final Set<String> TRANSPORT = Set.of(EXACT_TIME, Tracing.PARENT, DomainEvent.TRAIL);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AHEAD = 2_000;

    private final AxonServerConnectionManager connections;
    private final GrpcMetaDataConverter metadata;

    /** The highest of the last positions that the server has named. */
    private final AtomicLong highest = new AtomicLong();

    public AxonServerEventClient(AxonServerConnectionManager connections, Serializer serializer) {
        this.connections = connections;
        this.metadata = new GrpcMetaDataConverter(serializer);
    }

    /**
     * The position of the last event there is.
     *
     * @throws AxonServerUnavailableException when the server does not answer within 5 s
     */
    public long last() {
        return last(PATIENCE);
    }

    long last(Duration patience) {
        long known = highest.get();
        try {
            return channel()
                    .getLastToken()
                    .thenApply(token -> notBefore(known, token + 1))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new AxonServerUnavailableException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AxonServerUnavailableException(e);
        }
    }

    /** A server that is just ending may answer as if it had no events at all. */
    private long notBefore(long known, long position) {
        if (position < known) {
            throw new IllegalStateException(
                    "The Axon Server says that it has %d events, and has had %d".formatted(position, known));
        }
        highest.accumulateAndGet(position, Math::max);
        return position;
    }

    /** As they are stored, up to and with a position. */
    public List<Event> readRaw(long after, long upTo) {
        List<Event> found = new ArrayList<>();
        if (after >= upTo) {
            return found;
        }
        try (EventStream stream = channel().openStream(after - 1, AHEAD, AHEAD / 2)) {
            while (found.size() < upTo - after) {
                found.add(next(stream).getEvent());
            }
            return found;
        }
    }

    private static EventWithToken next(EventStream stream) {
        try {
            EventWithToken next = stream.nextIfAvailable(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AxonServerUnavailableException(stream.getError().orElse(null));
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AxonServerUnavailableException(e);
        }
    }

    /** All of them or none, behind what there is. */
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

    /** A stream's own events from one sequence number on, at most so many. */
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
        return metadata.convert(event.getMetaDataMap()).withoutKeys(TRANSPORT);
    }

    /** To the microsecond where an event came from PostgreSQL, else to the millisecond. */
    public static Instant time(Event event) {
        var exact = event.getMetaDataMap().get(EXACT_TIME);
        return exact == null ? Instant.ofEpochMilli(event.getTimestamp()) : Instant.parse(exact.getTextValue());
    }

    /** The id of the trail that the event names; null for an event of a claim. */
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
