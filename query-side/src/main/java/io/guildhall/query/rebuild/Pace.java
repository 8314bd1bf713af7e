package io.guildhall.query.rebuild;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * How fast a rebuild works: as fast as it can while nobody is served; else one thing at a time, in small steps, resting after each of
 * them, so that it never has more than one core, and that for a part of the time.
 */
@Component
final class Pace {

    /** After a step, as a part of the time that it took. */
    private static final double REST = 1;

    private final Demand demand;
    private final ReentrantLock turn = new ReentrantLock(true);

    Pace(Demand demand) {
        this.demand = demand;
    }

    /** How much to do in the next step of something that can be done in steps of any size. */
    int size(int alone, int besideOthers) {
        return demand.isThere() ? besideOthers : alone;
    }

    void step(Runnable work) {
        step(() -> {
            work.run();
            return true;
        });
    }

    <T> T step(Supplier<T> work) {
        if (!demand.isThere()) {
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
