package io.guildhall.api.axonserver;

import io.axoniq.axonserver.connector.event.AggregateEventStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.guildhall.api.telemetry.Traces;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.util.GrpcMetaDataConverter;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * All events of an Axon Server in their global order. Positions count from 1, so that 0 says that nothing has happened, as it
 * does with the events in PostgreSQL; the server's own tokens count from 0.
 */
public final class ServerEvents {

    /** Of an event's metadata: its time, where the server's own would be another. */
    static final String EXACT_TIME = "at";

    /** Of an event's metadata: what only its handling is to know. */
    private static final Set<String> OURS = Set.of(EXACT_TIME, Traces.PARENT, DomainEvent.TRAIL);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AHEAD = 2_000;

    private final AxonServerConnectionManager connections;
    private final ServerReach reach;
    private final Serializer serializer;
    private final GrpcMetaDataConverter metadata;

    /** Of the positions that the server has said to be the last. */
    private final AtomicLong highest = new AtomicLong();

    public ServerEvents(AxonServerConnectionManager connections, ServerReach reach, Serializer serializer) {
        this.connections = connections;
        this.reach = reach;
        this.serializer = serializer;
        this.metadata = new GrpcMetaDataConverter(serializer);
    }

    /**
     * The position of the last event there is.
     *
     * @throws ServerAway when the server does not say, or is known not to
     */
    public long last() {
        if (reach.isLost()) {
            throw new ServerAway(null);
        }
        return get(reach.await(lastPosition()), PATIENCE);
    }

    /** As {@link #last()}, whatever is known. */
    long ask(Duration patience) {
        return get(lastPosition(), patience);
    }

    private CompletableFuture<Long> lastPosition() {
        long known = highest.get();
        try {
            return channel().getLastToken().thenApply(token -> notBefore(known, token + 1));
        } catch (RuntimeException e) {
            throw new ServerAway(e);
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

    private static long get(CompletableFuture<Long> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ServerAway(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerAway(e);
        }
    }

    /** The events behind a position, as they are and as they come, until it is closed. */
    EventStream follow(long after) {
        return channel().openStream(after - 1, AHEAD, AHEAD / 2);
    }

    /**
     * A stream that ends without saying so would stand still for ever.
     *
     * @param position that it has come to
     * @throws ServerAway when it has ended, or does not bring what there is
     */
    void requireAlive(EventStream stream, long position) {
        if (stream.isClosed() || last() > position && stream.peek() == null) {
            throw new ServerAway(stream.getError().orElse(null));
        }
    }

    /** The next events behind a position, in order: as many as there are up to a position, and no more than so many. */
    public List<Stored> read(long after, long upTo, int atMost) {
        long end = Math.min(upTo, after + atMost);
        List<Stored> found = new ArrayList<>();
        if (after >= end) {
            return found;
        }
        try (EventStream stream = follow(after)) {
            for (long position = after; position < end; ) {
                EventWithToken next = next(stream);
                position = next.getToken() + 1;
                if (position <= end) {
                    found.add(stored(next));
                }
            }
            return found;
        }
    }

    /** As they are stored, up to and with a position. */
    List<Event> readRaw(long after, long upTo) {
        List<Event> found = new ArrayList<>();
        if (after >= upTo) {
            return found;
        }
        try (EventStream stream = follow(after)) {
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
                throw new ServerAway(stream.getError().orElse(null));
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerAway(e);
        }
    }

    /** All of them or none, behind what there is. */
    void append(List<Event> events) {
        try {
            channel().appendEvents(events.toArray(Event[]::new)).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new ServerAway(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerAway(e);
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
            throw new ServerAway(e);
        } finally {
            events.cancel();
        }
    }

    Stored stored(EventWithToken read) {
        return new Stored(read.getToken() + 1, message(read.getEvent()));
    }

    /** As it is handed to those who project it, with the span that it was appended in. */
    Stored fresh(EventWithToken read) {
        Stored stored = stored(read);
        var parent = read.getEvent().getMetaDataMap().get(Traces.PARENT);
        return parent == null
                ? stored
                : new Stored(
                        stored.position(), stored.event().andMetaData(Map.of(Traces.PARENT, parent.getTextValue())));
    }

    private DomainEventMessage<?> message(Event event) {
        Object payload = serializer.deserialize(new SimpleSerializedObject<>(
                event.getPayload().getData().toByteArray(),
                byte[].class,
                event.getPayload().getType(),
                revision(event)));
        return new GenericDomainEventMessage<>(
                event.getAggregateType(),
                event.getAggregateIdentifier(),
                event.getAggregateSequenceNumber(),
                payload,
                trail(event) == null ? metadata(event) : metadata(event).and(DomainEvent.TRAIL, trail(event)),
                event.getMessageIdentifier(),
                time(event));
    }

    /** Without what is no part of what happened. */
    MetaData metadata(Event event) {
        return metadata.convert(event.getMetaDataMap()).withoutKeys(OURS);
    }

    /** To the microsecond where an event came from PostgreSQL, else to the millisecond. */
    static Instant time(Event event) {
        var exact = event.getMetaDataMap().get(EXACT_TIME);
        return exact == null ? Instant.ofEpochMilli(event.getTimestamp()) : Instant.parse(exact.getTextValue());
    }

    /** The id of the trail that the event names; null for an event of a claim. */
    static @Nullable String trail(Event event) {
        var trail = event.getMetaDataMap().get(DomainEvent.TRAIL);
        return trail == null ? null : trail.getTextValue();
    }

    /** The id of the event's trail, or else of its stream: see {@link io.guildhall.query.store.TrailSequencingPolicy}. */
    static String sequenceOf(Event event) {
        String trail = trail(event);
        return trail == null ? event.getAggregateIdentifier() : trail;
    }

    static @Nullable String revision(Event event) {
        String revision = event.getPayload().getRevision();
        return revision.isEmpty() ? null : revision;
    }

    private EventChannel channel() {
        return connections.getConnection().eventChannel();
    }
}
