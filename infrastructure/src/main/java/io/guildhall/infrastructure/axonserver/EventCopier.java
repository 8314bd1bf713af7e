package io.guildhall.infrastructure.axonserver;

import java.util.List;
import java.util.function.Consumer;

/**
 * Copies all events from one store to the other, in their order. What the other has already must be the beginning of the same
 * history: so a copy that was interrupted goes on, and one into a foreign store changes nothing. At the end both are read again
 * from the first event to the last.
 */
final class EventCopier {

    private static final int BATCH = 500;

    private final EventArchive from;
    private final EventArchive to;
    private final Consumer<String> progress;

    EventCopier(EventArchive from, EventArchive to, Consumer<String> progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * @return how many events both have now
     * @throws IllegalStateException when the stores differ in an event
     */
    long copy() {
        long all = from.count();
        long there = to.count();
        compare(there, all, "Comparing what is there already");
        long done = there;
        List<RawEvent> batch = from.read(there, BATCH);
        while (!batch.isEmpty()) {
            to.append(batch);
            done += batch.size();
            progress.accept("Copying: %d of %d events".formatted(done, all));
            batch = from.read(done, BATCH);
        }
        all = from.count();
        if (to.count() != all) {
            throw new IllegalStateException("There are %d events, and %d were copied. Is the service still running?"
                    .formatted(all, to.count()));
        }
        compare(all, all, "Verifying");
        return all;
    }

    /** Leaves the reading of {@link #from} behind the first so many. */
    private void compare(long upTo, long all, String what) {
        if (upTo > all) {
            throw new IllegalStateException(
                    "The other store has %d events, which are more than the %d to be copied.".formatted(upTo, all));
        }
        for (long done = 0; done < upTo; ) {
            int stretch = (int) Math.min(BATCH, upTo - done);
            List<RawEvent> ours = from.read(done, stretch);
            List<RawEvent> theirs = to.read(done, stretch);
            for (int i = 0; i < stretch; i++) {
                if (!ours.get(i).equals(theirs.get(i))) {
                    RawEvent event = ours.get(i);
                    throw new IllegalStateException(
                            "Event %d of the two stores is not the same: here it is %s, number %d of %s."
                                    .formatted(done + i + 1, event.id(), event.sequence(), event.stream()));
                }
            }
            done += stretch;
            progress.accept("%s: %d of %d events".formatted(what, done, upTo));
        }
    }
}
