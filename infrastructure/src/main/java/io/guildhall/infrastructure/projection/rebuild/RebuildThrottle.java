package io.guildhall.infrastructure.projection.rebuild;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * How fast a rebuild works: as fast as it can while nobody is served; else one thing at a time, in small steps, resting after each of
 * them, so that it never has more than one core, and that for a part of the time.
 */
@Component
final class RebuildThrottle {

    /** After a step, as a part of the time that it took. */
    private static final double REST = 1;

    /** How long a process that has said that it has callers is taken to have some: it says so every other second. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final ForegroundLoad foregroundLoad;
    private final RebuildRepository rebuildRepository;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - BETWEEN_LOOKS);
    private volatile boolean elsewhere;

    RebuildThrottle(ForegroundLoad foregroundLoad, RebuildRepository rebuildRepository) {
        this.foregroundLoad = foregroundLoad;
        this.rebuildRepository = rebuildRepository;
    }

    /** For a process that does not build: those who call it are given way to as well. */
    void reportForegroundLoad(UUID rebuild) {
        if (foregroundLoad.isThere()) {
            rebuildRepository.reportForegroundLoad(rebuild);
        }
    }

    private boolean isGentle() {
        return foregroundLoad.isThere() || isDemandElsewhere();
    }

    private boolean isDemandElsewhere() {
        long now = System.nanoTime();
        long before = looked.get();
        if (now - before >= BETWEEN_LOOKS && looked.compareAndSet(before, now)) {
            elsewhere = rebuildRepository.hadCallers(LATELY);
        }
        return elsewhere;
    }

    /** How much to do in the next step of something that can be done in steps of any size. */
    int size(int alone, int besideOthers) {
        return isGentle() ? besideOthers : alone;
    }

    void step(Runnable work) {
        step(() -> {
            work.run();
            return true;
        });
    }

    <T> T step(Supplier<T> work) {
        if (!isGentle()) {
            return work.get();
        }
        turn.lock();
        try {
            long begun = System.nanoTime();
            T done = work.get();
            LockSupport.parkNanos((long) (REST * (System.nanoTime() - begun)));
            return done;
        } finally {
            turn.unlock();
        }
    }
}
