package io.guildhall.api.axonserver;

import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads along, and so knows where the newest events are. The Axon Server does not tell who appends; and what it says is the last of
 * all events may for a moment be one before those that it has just acknowledged.
 */
public final class Tail extends BackgroundThread {

    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

    /** Who waits for one comes at once. */
    private static final int KEPT = 10_000;

    /** It may have been appended before this process has begun to read. */
    private static final int BEFORE = 1_000;

    private static final Duration LOOK = Duration.ofMillis(250);

    private final ServerEvents events;

    /** By the ids of events, those that came first or are awaited for longest being dropped. */
    private final Map<String, CompletableFuture<Long>> places = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Long>> eldest) {
            return size() > KEPT;
        }
    };

    public Tail(ServerEvents events) {
        super("tail");
        this.events = events;
    }

    /**
     * Waits until an event has come.
     *
     * @param event the id of one that was appended just now
     * @return its position; empty when it has not come by then
     */
    public OptionalLong await(String event, Duration most) throws InterruptedException {
        try {
            return OptionalLong.of(place(event).get(most.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized CompletableFuture<Long> place(String event) {
        return places.computeIfAbsent(event, it -> new CompletableFuture<>());
    }

    @Override
    void work() {
        long position = -1;
        while (isRunning()) {
            try {
                if (position < 0) {
                    position = Math.max(0, events.last() - BEFORE);
                }
                try (EventStream stream = events.follow(position)) {
                    while (isRunning()) {
                        EventWithToken next = stream.nextIfAvailable(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                        if (next == null) {
                            events.requireAlive(stream, position);
                        } else {
                            position = next.getToken() + 1;
                            place(next.getEvent().getMessageIdentifier()).complete(position);
                        }
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.debug("Reading again from position {}", position, e);
                pause(LOOK);
            }
        }
    }
}
