package io.guildhall.infrastructure.projection.deadletter;

import io.guildhall.infrastructure.projection.ProjectionException;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * How a unit of work handles its events after a projection has failed in the first attempt: each projection handles each event by
 * itself, with savepoints, and an event that a projection cannot handle becomes a dead letter instead of failing the others. One instance
 * belongs to one unit of work, as a resource of it.
 */
public final class DeadLetterMode {

    private static final String RESOURCE = DeadLetterMode.class.getName();

    private final Set<String> lockedTrails = new HashSet<>();
    private final Set<DeadLetterRepository.Queue> queues = new HashSet<>();

    private DeadLetterMode() {}

    /** Activates the mode for a unit of work, and those nested in it. */
    public static void activate(UnitOfWork<?> work) {
        work.root().resources().put(RESOURCE, new DeadLetterMode());
    }

    /**
     * Requires the mode, because an event of the same trail is a dead letter.
     *
     * @throws ProjectionException when the mode is not active
     */
    public static void requireActive() {
        if (!isActive()) {
            throw ProjectionException.because("a dead letter of its trail waits");
        }
    }

    /** Whether the mode is active in the current unit of work. */
    public static boolean isActive() {
        return current() != null;
    }

    static @Nullable DeadLetterMode current() {
        return CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().root().getResource(RESOURCE) : null;
    }

    /** Whether an event must wait behind others: those of the table, and those that this unit of work has written. */
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
