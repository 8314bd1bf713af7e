package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader.PositionedEvent;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads events, and what is written in them, in a thread of its own, some pages ahead of whoever takes them. */
final class EventPrefetcher implements AutoCloseable {

    private static final int PAGE = 2_000;
    private static final int PAGE_BESIDE_OTHERS = 200;
    private static final int PAGES = 4;

    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(PAGES);
    private final Thread reader;
    private volatile boolean closed;

    /** @param failure of reading, instead of events */
    private record Page(
            List<PositionedEvent> events, @Nullable Throwable failure) {}

    /** @param upTo a position that was settled */
    EventPrefetcher(GlobalEventReader events, RebuildThrottle rebuildThrottle, long after, long upTo) {
        reader = Thread.ofPlatform()
                .name("rebuild reads ahead")
                .daemon()
                .start(() -> read(events, rebuildThrottle, after, upTo));
    }

    /** The next ones, in order; none at the end. What failed reading is thrown here. */
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

    private void read(GlobalEventReader events, RebuildThrottle rebuildThrottle, long after, long upTo) {
        try {
            List<PositionedEvent> page = page(events, rebuildThrottle, after, upTo);
            while (!page.isEmpty() && !closed) {
                pages.put(new Page(page, null));
                page = page(events, rebuildThrottle, page.getLast().position(), upTo);
            }
            pages.put(new Page(List.of(), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            fail(failure);
        }
    }

    private static List<PositionedEvent> page(
            GlobalEventReader events, RebuildThrottle rebuildThrottle, long after, long upTo) {
        return rebuildThrottle.step(() -> {
            List<PositionedEvent> page = events.read(after, upTo, rebuildThrottle.size(PAGE, PAGE_BESIDE_OTHERS));
            page.forEach(EventPrefetcher::open);
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

    /** One that cannot be read is its projections' to stumble over: they know what to say of it. */
    private static void open(PositionedEvent stored) {
        try {
            stored.event().getPayload();
            stored.event().getMetaData();
        } catch (RuntimeException unreadable) {
            // Thrown again when it is projected.
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
