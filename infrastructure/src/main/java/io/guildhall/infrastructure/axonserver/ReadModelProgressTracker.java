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
 * How far the read models show the events, whichever nodes project them. Nobody waits for a segment that lacks no event, however old its
 * position is. Callers are woken by this node's own batches; for those of other nodes, one of the callers asks the database every 2 ms.
 */
public final class ReadModelProgressTracker {

    private static final long PAUSE_MILLIS = 2;

    /** A caller asks for the position of its event at once. */
    private static final int POSITIONS_KEPT = 10_000;

    private final SegmentTokenStore segments;

    /** By segment: the position up to which its events are projected, and that of the newest one. */
    private final long[] projected = new long[Segments.COUNT];

    private final long[] newest = new long[Segments.COUNT];

    private long indexed = -1;
    private boolean asking;

    /** By the ids of events. */
    private final Map<String, CompletableFuture<Long>> positions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Long>> eldest) {
            return size() > POSITIONS_KEPT;
        }
    };

    public ReadModelProgressTracker(SegmentTokenStore segments) {
        this.segments = segments;
    }

    /** The position up to which the events are indexed. That begins where no segment lacks an event. */
    synchronized long indexed() {
        if (indexed < 0) {
            List<Long> stored = segments.positions();
            indexed = stored.isEmpty() ? 0 : Collections.min(stored);
            Arrays.fill(newest, indexed);
        }
        return indexed;
    }

    /** The next event that there is; its segment is null when no projection handles it. */
    synchronized void index(String event, long position, @Nullable Integer segment) {
        indexed = position;
        if (segment != null) {
            newest[segment] = position;
        }
        positionOf(event).complete(position);
        notifyAll();
    }

    /** A segment's events are projected up to a position. */
    synchronized void projected(int segment, long position) {
        projected[segment] = Math.max(projected[segment], position);
        notifyAll();
    }

    /** A position up to which all events are shown; 0 when nothing has happened yet. */
    public long position() {
        ask();
        synchronized (this) {
            return IntStream.range(0, Segments.COUNT)
                    .mapToLong(segment -> projected[segment] < newest[segment] ? projected[segment] : indexed())
                    .min()
                    .orElseThrow();
        }
    }

    /**
     * Waits until an event has come.
     *
     * @param event the id of one that was appended just now
     * @return its position; empty when it has not come by then
     */
    public OptionalLong awaitEvent(String event, Duration most) throws InterruptedException {
        try {
            return OptionalLong.of(positionOf(event).get(most.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized CompletableFuture<Long> positionOf(String event) {
        return positions.computeIfAbsent(event, it -> new CompletableFuture<>());
    }

    /** Waits until all segments show whatever one of them shows now; false when they do not by then. */
    public boolean awaitAligned(Duration most) throws InterruptedException {
        List<Long> stored = segments.positions();
        return stored.isEmpty() || await(Collections.max(stored), Segments.ALL, most);
    }

    /** Waits until some of the segments show the events up to a position; false when they do not by then. */
    public boolean await(long position, int which, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (!shows(position, which)) {
            if (beginAsking()) {
                ask();
            }
            if (System.nanoTime() - until > 0) {
                return shows(position, which);
            }
        }
        return true;
    }

    private synchronized boolean shows(long position, int which) {
        return indexed >= position
                && IntStream.range(0, Segments.COUNT)
                        .filter(segment -> Segments.contains(which, segment))
                        .allMatch(segment -> projected[segment] >= Math.min(position, newest[segment]));
    }

    /** Waits a little, and says whether nobody else asks the database. */
    private synchronized boolean beginAsking() throws InterruptedException {
        wait(PAUSE_MILLIS);
        boolean begun = !asking;
        asking = true;
        return begun;
    }

    private void ask() {
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
                asking = false;
            }
        }
    }
}
