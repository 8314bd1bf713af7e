package io.guildhall.api.datasource;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whether the database answers, as far as is known. */
final class Reach {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private volatile @Nullable String lost;

    /** Why it does not; null while it does. */
    @Nullable String lost() {
        return lost;
    }

    void lose(String reason) {
        lost = reason;
    }

    void regain() {
        lock.lock();
        try {
            lost = null;
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns as soon as it answers, and then true; false when it did not in all that time. */
    boolean await(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (lost != null && left > 0) {
                left = returned.awaitNanos(left);
            }
            return lost == null;
        } finally {
            lock.unlock();
        }
    }
}
