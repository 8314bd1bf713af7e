package io.guildhall.infrastructure.projection.deadletter;

import io.guildhall.infrastructure.projection.ProjectionException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Taken of a unit of work that has failed without: each projection takes each event apart from the others, with savepoints, and
 * what one cannot take is parked instead of failing all. A unit of work of its own.
 */
public final class DeadLetterMode {

    private static final ScopedValue<DeadLetterMode> TAKEN = ScopedValue.newInstance();

    private final Set<String> lockedTrails = new HashSet<>();
    private final Set<DeadLetterRepository.Queue> queues = new HashSet<>();

    private DeadLetterMode() {}

    /** Of the events that are handled by some work. */
    public static <R> R during(Callable<R> work) throws Exception {
        return ScopedValue.where(TAKEN, new DeadLetterMode()).call(work::call);
    }

    /**
     * Does nothing where it is taken.
     *
     * @throws ProjectionException where it is not
     */
    public static void require() {
        if (!isTaken()) {
            throw ProjectionException.because("something waits of its trail");
        }
    }

    /** Whether the current unit of work takes each event apart from the others. */
    public static boolean isTaken() {
        return TAKEN.isBound();
    }

    static DeadLetterMode current() {
        return TAKEN.get();
    }

    /** Whether an event must wait behind others: those of the table, and those that this unit of work parks. */
    boolean mustWait(DeadLetterRepository.Queue queue, DeadLetterRepository letters) {
        if (lockedTrails.add(queue.trail())) {
            letters.lock(queue.trail());
        }
        if (letters.holds(queue.projection(), queue.trail())) {
            queues.add(queue);
        }
        return isWaiting(queue);
    }

    boolean isWaiting(DeadLetterRepository.Queue queue) {
        return queues.contains(queue);
    }

    void waiting(DeadLetterRepository.Queue queue) {
        queues.add(queue);
    }
}
