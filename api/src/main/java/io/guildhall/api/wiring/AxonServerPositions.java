package io.guildhall.api.wiring;

import io.guildhall.api.axonserver.AxonServerEventClient;
import io.guildhall.api.axonserver.AxonServerEventReader;
import io.guildhall.api.axonserver.AxonServerUnavailableException;
import io.guildhall.api.axonserver.ReadModelProgressTracker;
import io.guildhall.api.axonserver.SegmentedEventProcessor;
import io.guildhall.api.axonserver.Segments;
import io.guildhall.api.store.Appended;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Where the read models follow an Axon Server. A command that has appended waits for the segments of its events. Any other, which may have
 * appended in an earlier run, waits for all segments and for the last event that the server names.
 */
final class AxonServerPositions implements Positions {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final AxonServerEventClient client;
    private final AxonServerEventReader events;
    private final ReadModelProgressTracker progress;
    private final Clock clock;
    private final Supplier<SegmentedEventProcessor> processor;

    /** @param processor is there once the service has started */
    AxonServerPositions(
            AxonServerEventClient client,
            AxonServerEventReader events,
            ReadModelProgressTracker progress,
            Clock clock,
            Supplier<SegmentedEventProcessor> processor) {
        this.client = client;
        this.events = events;
        this.progress = progress;
        this.clock = clock;
        this.processor = processor;
    }

    @Override
    public long head() {
        return progress.position();
    }

    @Override
    public long last() {
        return client.last();
    }

    @Override
    public boolean await(long position, Duration most) throws InterruptedException {
        return progress.await(position, Segments.ALL, most);
    }

    @Override
    public boolean level() throws InterruptedException {
        return progress.awaitAligned(PATIENCE);
    }

    @Override
    public int segments() {
        return processor.get().processingStatus().size();
    }

    @Override
    public Behind behind() {
        long position = progress.position();
        long last = client.last();
        return events.read(position, Math.min(position + 1, last), 1).stream()
                .findFirst()
                .map(oldest -> new Behind(last - position, Duration.between(oldest.getTimestamp(), clock.instant())))
                .orElse(Behind.NOTHING);
    }

    @Override
    public long show(Appended appended) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            String event = appended.event();
            long position = event == null ? client.last() : positionOf(event, until);
            int segments = event == null ? Segments.ALL : appended.segments();
            while (!progress.await(position, segments, PAUSE)) {
                requireTimeLeft(until, "The read models do not show position " + position);
            }
            return appended.position() == 0 ? 0 : position;
        } catch (AxonServerUnavailableException unavailable) {
            throw new StoreUnavailable(unavailable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(e);
        }
    }

    private long positionOf(String event, long until) throws InterruptedException {
        while (true) {
            OptionalLong position = progress.awaitEvent(event, PAUSE);
            if (position.isPresent()) {
                return position.getAsLong();
            }
            requireTimeLeft(until, "Event " + event + " was appended and has not come");
        }
    }

    /** Only while the server is there: without it no event comes. */
    private void requireTimeLeft(long until, String forWhat) {
        if (System.nanoTime() - until > 0) {
            throw new StoreUnavailable(new TimeoutException(forWhat));
        }
        client.last();
    }
}
