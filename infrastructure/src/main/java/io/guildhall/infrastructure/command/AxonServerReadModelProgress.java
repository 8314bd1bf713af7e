package io.guildhall.infrastructure.command;

import io.guildhall.infrastructure.axonserver.AxonServerEventClient;
import io.guildhall.infrastructure.axonserver.AxonServerEventReader;
import io.guildhall.infrastructure.axonserver.AxonServerUnavailableException;
import io.guildhall.infrastructure.axonserver.ReadModelProgressTracker;
import io.guildhall.infrastructure.axonserver.SegmentedEventProcessor;
import io.guildhall.infrastructure.axonserver.Segments;
import io.guildhall.infrastructure.datasource.StoreUnavailableException;
import io.guildhall.infrastructure.eventstore.AppendResult;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Where the read models follow an Axon Server. A command that has appended waits for the segments of its events. Any other, which may have
 * appended in an earlier run, waits for all segments and for the last event that the server names.
 */
public final class AxonServerReadModelProgress implements ReadModelProgress {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final AxonServerEventClient client;
    private final AxonServerEventReader events;
    private final ReadModelProgressTracker progress;
    private final Clock clock;
    private final Supplier<SegmentedEventProcessor> processor;

    /** @param processor is there once the service has started */
    public AxonServerReadModelProgress(
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
    public Lag behind() {
        long position = progress.position();
        long last = client.last();
        return events.read(position, Math.min(position + 1, last), 1).stream()
                .findFirst()
                .map(oldest -> new Lag(last - position, Duration.between(oldest.getTimestamp(), clock.instant())))
                .orElse(Lag.NOTHING);
    }

    @Override
    public long show(AppendResult appendResult) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            String event = appendResult.event();
            long position = event == null ? client.last() : positionOf(event, until);
            int segments = event == null ? Segments.ALL : appendResult.segments();
            while (!progress.await(position, segments, PAUSE)) {
                requireTimeLeft(until, "The read models do not show position " + position);
            }
            return appendResult.position() == 0 ? 0 : position;
        } catch (AxonServerUnavailableException unavailable) {
            throw new StoreUnavailableException(unavailable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(e);
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
            throw new StoreUnavailableException(new TimeoutException(forWhat));
        }
        client.last();
    }
}
