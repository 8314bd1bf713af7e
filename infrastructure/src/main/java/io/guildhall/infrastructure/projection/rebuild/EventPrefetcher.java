package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader.PositionedEvent;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads and deserializes events in a thread of its own, up to {@value #PAGES} pages ahead of the consumer. */
final class EventPrefetcher implements AutoCloseable {

    private static final int PAGE = 2_000;
    private static final int PAGE_UNDER_LOAD = 200;
    private static final int PAGES = 4;

    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(PAGES);
    private final Thread reader;
    private volatile boolean closed;

    /** @param failure what reading threw, instead of events; null if it succeeded */
    private record Page(
            List<PositionedEvent> events, @Nullable Throwable failure) {}

    /** @param upTo a position that was the high-water mark */
    EventPrefetcher(GlobalEventReader events, RebuildThrottle throttle, long after, long upTo) {
        reader = Thread.ofPlatform().name("rebuild-reader").daemon().start(() -> read(events, throttle, after, upTo));
    }

    /** Returns the next events in order; empty at the end. Rethrows what reading threw. */
    List<PositionedEvent> next() {
        try {
            Page page = pages.take();
            if (page.failure() instanceof Error error) {
                throw error;
            }
            if (page.failure() instanceof RuntimeException exception) {
                throw exception;
            }
            return page.events();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for events", e);
        }
    }

    private void read(GlobalEventReader events, RebuildThrottle throttle, long after, long upTo) {
        try {
            List<PositionedEvent> page = page(events, throttle, after, upTo);
            while (!page.isEmpty() && !closed) {
                pages.put(new Page(page, null));
                page = page(events, throttle, page.getLast().position(), upTo);
            }
            pages.put(new Page(List.of(), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            fail(failure);
        }
    }

    private static List<PositionedEvent> page(
            GlobalEventReader events, RebuildThrottle throttle, long after, long upTo) {
        return throttle.step(() -> {
            List<PositionedEvent> page = events.read(after, upTo, throttle.size(PAGE, PAGE_UNDER_LOAD));
            page.forEach(EventPrefetcher::deserialize);
            return page;
        });
    }

    private void fail(Throwable failure) {
        try {
            pages.put(new Page(List.of(), failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ignores a payload that cannot be read: its projection reports the failure with the event's position. */
    private static void deserialize(PositionedEvent stored) {
        try {
            stored.event().getPayload();
            stored.event().getMetaData();
        } catch (RuntimeException unreadable) {
            // Thrown again when the event is projected.
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
