package io.guildhall.infrastructure.axonserver;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails the event store, so that this node knows the positions and segments of the newest events. An Axon Server does
 * not return them from an append, and its last position may briefly exclude events that it has just acknowledged.
 */
public final class EventPositionIndex {

    private static final Logger LOG = LoggerFactory.getLogger(EventPositionIndex.class);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final AxonServerEventReader events;
    private final AxonServerEventClient client;
    private final ReadModelProgressTracker progress;
    private volatile @Nullable Thread running;

    public EventPositionIndex(
            AxonServerEventReader events, AxonServerEventClient client, ReadModelProgressTracker progress) {
        this.events = events;
        this.client = client;
        this.progress = progress;
    }

    /** @param handled whether any projection handles an event type */
    synchronized void start(Predicate<Class<?>> handled) {
        if (running == null) {
            // Assigned before the thread starts, which ends if it is not the running one.
            Thread thread = Thread.ofPlatform().name("event-index").daemon().unstarted(() -> run(handled));
            running = thread;
            thread.start();
        }
    }

    synchronized void stop() {
        running = null;
    }

    private boolean isRunning() {
        return Thread.currentThread().equals(running);
    }

    private void run(Predicate<Class<?>> handled) {
        while (isRunning()) {
            try (BlockingStream<TrackedEventMessage<?>> stream = events.open(progress.indexed())) {
                follow(stream, handled);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.debug("Reopening the event stream", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void follow(BlockingStream<TrackedEventMessage<?>> stream, Predicate<Class<?>> handled)
            throws InterruptedException {
        while (isRunning()) {
            if (stream.hasNextAvailable((int) PAUSE.toMillis(), MILLISECONDS)) {
                TrackedEventMessage<?> event = stream.nextAvailable();
                progress.index(
                        event.getIdentifier(),
                        Segments.position(event),
                        handled.test(event.getPayloadType()) ? Segments.of(event) : null);
            } else if (client.last() > progress.indexed() && stream.peek().isEmpty()) {
                // The stream has ended without an error: reopen it.
                return;
            }
        }
    }
}
