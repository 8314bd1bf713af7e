package io.guildhall.query.deadletter;

import io.guildhall.query.store.NotProjected;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Taken of a unit of work that has failed without: each projection takes each event apart from the others, with savepoints, and
 * what one cannot take is parked instead of failing all. A unit of work of its own.
 */
public final class Care {

    private static final ScopedValue<Care> TAKEN = ScopedValue.newInstance();

    private final Set<String> lockedStreams = new HashSet<>();
    private final Set<DeadLetters.Queue> queues = new HashSet<>();

    private Care() {}

    /** Of the events that are handled by some work. */
    public static <R> R during(Callable<R> work) throws Exception {
        return ScopedValue.where(TAKEN, new Care()).call(work::call);
    }

    /**
     * Does nothing where it is taken.
     *
     * @throws NotProjected where it is not
     */
    public static void require() {
        if (!isTaken()) {
            throw NotProjected.because("something waits of its stream");
        }
    }

    /** Whether the current unit of work takes each event apart from the others. */
    public static boolean isTaken() {
        return TAKEN.isBound();
    }

    static Care current() {
        return TAKEN.get();
    }

    /** Whether an event must wait behind others: those of the table, and those that this unit of work parks. */
    boolean mustWait(DeadLetters.Queue queue, DeadLetters letters) {
        if (lockedStreams.add(queue.stream())) {
            letters.lock(queue.stream());
        }
        if (letters.holds(queue.projection(), queue.stream())) {
            queues.add(queue);
        }
        return isWaiting(queue);
    }

    boolean isWaiting(DeadLetters.Queue queue) {
        return queues.contains(queue);
    }

    void waiting(DeadLetters.Queue queue) {
        queues.add(queue);
    }
}
