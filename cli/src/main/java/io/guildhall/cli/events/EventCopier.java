package io.guildhall.cli.events;

import java.util.List;
import java.util.function.Consumer;

/**
 * Copies all events from one store to the other, in order. Events that the target already has must be the first ones of the source:
 * an interrupted copy continues, and a copy into a foreign store changes nothing. At the end all events of both stores are compared.
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
     * @return the number of events in each store
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

    /** Compares the first {@code upTo} events. {@link #from} continues after them. */
    private void compare(long upTo, long all, String what) {
        if (upTo > all) {
            throw new IllegalStateException(
                    "The other store has %d events, which are more than the %d to be copied.".formatted(upTo, all));
        }
        for (long done = 0; done < upTo; ) {
            int size = (int) Math.min(BATCH, upTo - done);
            List<RawEvent> ours = from.read(done, size);
            List<RawEvent> theirs = to.read(done, size);
            for (int i = 0; i < size; i++) {
                if (!ours.get(i).equals(theirs.get(i))) {
                    RawEvent event = ours.get(i);
                    throw new IllegalStateException(
                            "Event %d of the two stores is not the same: here it is %s, number %d of %s."
                                    .formatted(done + i + 1, event.id(), event.sequence(), event.stream()));
                }
            }
            done += size;
            progress.accept("%s: %d of %d events".formatted(what, done, upTo));
        }
    }
}
