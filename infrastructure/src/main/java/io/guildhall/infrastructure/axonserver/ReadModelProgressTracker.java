package io.guildhall.infrastructure.axonserver;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tracks up to which position the read models show events, whichever nodes project them. A segment without unprojected
 * events never delays a request, however low its position is. Batches of this node wake waiting threads; for batches of
 * other nodes, one of the waiting threads polls the database every 2 ms.
 */
public final class ReadModelProgressTracker {

    private static final long POLL_INTERVAL_MILLIS = 2;

    /** A request asks for the position right after its append, so older entries are not needed. */
    private static final int MAX_POSITIONS = 10_000;

    private final SegmentTokenStore segments;

    /** By segment: the position up to which its events are projected, and the position of its newest event. */
    private final long[] projected = new long[Segments.COUNT];

    private final long[] newest = new long[Segments.COUNT];

    private long indexed = -1;
    private boolean polling;

    /** Positions by event id. */
    private final Map<String, CompletableFuture<Long>> positions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Long>> eldest) {
            return size() > MAX_POSITIONS;
        }
    };

    public ReadModelProgressTracker(SegmentTokenStore segments) {
        this.segments = segments;
    }

    /** Returns the position up to which events are indexed. Starts at the lowest position of all segments. */
    synchronized long indexed() {
        if (indexed < 0) {
            List<Long> stored = segments.positions();
            indexed = stored.isEmpty() ? 0 : Collections.min(stored);
            Arrays.fill(newest, indexed);
        }
        return indexed;
    }

    /**
     * Indexes the next event.
     *
     * @param segment null if no projection handles it
     */
    synchronized void index(String event, long position, @Nullable Integer segment) {
        indexed = position;
        if (segment != null) {
            newest[segment] = position;
        }
        positionOf(event).complete(position);
        notifyAll();
    }

    /** Records that a segment's events are projected up to a position. */
    synchronized void projected(int segment, long position) {
        projected[segment] = Math.max(projected[segment], position);
        notifyAll();
    }

    /** Returns a position up to which all events are shown; 0 if there are none. */
    public long position() {
        poll();
        synchronized (this) {
            return IntStream.range(0, Segments.COUNT)
                    .mapToLong(segment -> projected[segment] < newest[segment] ? projected[segment] : indexed())
                    .min()
                    .orElseThrow();
        }
    }

    /**
     * Waits until an event is indexed.
     *
     * @param event the id of an event that has just been appended
     * @return its position; empty after the timeout
     */
    public OptionalLong awaitEvent(String event, Duration timeout) throws InterruptedException {
        try {
            return OptionalLong.of(positionOf(event).get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized CompletableFuture<Long> positionOf(String event) {
        return positions.computeIfAbsent(event, it -> new CompletableFuture<>());
    }

    /**
     * Waits until all segments have reached the highest position of any of them.
     *
     * @return false after the timeout
     */
    public boolean awaitAligned(Duration timeout) throws InterruptedException {
        List<Long> stored = segments.positions();
        return stored.isEmpty() || await(Collections.max(stored), Segments.ALL, timeout);
    }

    /**
     * Waits until segments show all events up to a position.
     *
     * @param segmentSet a bit mask of segments
     * @return false after the timeout
     */
    public boolean await(long position, int segmentSet, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!shows(position, segmentSet)) {
            if (beginPolling()) {
                poll();
            }
            if (System.nanoTime() - deadline > 0) {
                return shows(position, segmentSet);
            }
        }
        return true;
    }

    private synchronized boolean shows(long position, int segmentSet) {
        return indexed >= position
                && IntStream.range(0, Segments.COUNT)
                        .filter(segment -> Segments.contains(segmentSet, segment))
                        .allMatch(segment -> projected[segment] >= Math.min(position, newest[segment]));
    }

    /**
     * Waits 2 ms.
     *
     * @return whether this thread is to poll the database
     */
    private synchronized boolean beginPolling() throws InterruptedException {
        wait(POLL_INTERVAL_MILLIS);
        boolean begins = !polling;
        polling = true;
        return begins;
    }

    private void poll() {
        try {
            List<Long> stored = segments.positions();
            synchronized (this) {
                for (int segment = 0; segment < stored.size(); segment++) {
                    projected[segment] = Math.max(projected[segment], stored.get(segment));
                }
                notifyAll();
            }
        } finally {
            synchronized (this) {
                polling = false;
            }
        }
    }
}
