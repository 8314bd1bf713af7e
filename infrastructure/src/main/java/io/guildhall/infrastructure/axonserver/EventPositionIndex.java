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
 * Reads along, so that this node knows the positions and the segments of the newest events. An Axon Server does not tell them to who
 * appends, and the last position that it names may for a moment be one before the events that it has just acknowledged.
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

    /** @param handled whether any projection handles events of a type */
    synchronized void start(Predicate<Class<?>> handled) {
        if (running == null) {
            // Known before it runs: the thread ends when it is not the one that is meant to run.
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
                LOG.debug("Reading again", e);
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
                // A stream that ended without saying so would stand still for ever.
                return;
            }
        }
    }
}
