package io.guildhall.infrastructure.projection.rebuild;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Limits the speed of a rebuild. Without foreground load it runs unlimited. With load, on any node, it runs one small
 * step at a time and pauses after each, so that it uses part of one core.
 */
@Component
final class RebuildThrottle {

    /** The pause after a step, relative to the step's duration. */
    private static final double PAUSE_RATIO = 1;

    /** How long a report of foreground load is valid; nodes report every 2 s. */
    private static final Duration LOAD_REPORT_VALIDITY = Duration.ofSeconds(5);

    private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final ForegroundLoad foregroundLoad;
    private final RebuildRepository rebuilds;
    private final ReentrantLock oneStep = new ReentrantLock(true);
    private final AtomicLong lastCheck = new AtomicLong(System.nanoTime() - CHECK_INTERVAL_NANOS);
    private volatile boolean remoteLoad;

    RebuildThrottle(ForegroundLoad foregroundLoad, RebuildRepository rebuilds) {
        this.foregroundLoad = foregroundLoad;
        this.rebuilds = rebuilds;
    }

    /** Reports this node's foreground load to the node that rebuilds. */
    void reportForegroundLoad(UUID rebuild) {
        if (foregroundLoad.isThere()) {
            rebuilds.reportForegroundLoad(rebuild);
        }
    }

    private boolean isThrottled() {
        return foregroundLoad.isThere() || hasRemoteLoad();
    }

    private boolean hasRemoteLoad() {
        long now = System.nanoTime();
        long previous = lastCheck.get();
        if (now - previous >= CHECK_INTERVAL_NANOS && lastCheck.compareAndSet(previous, now)) {
            remoteLoad = rebuilds.hadCallers(LOAD_REPORT_VALIDITY);
        }
        return remoteLoad;
    }

    /** Returns the size of the next step. */
    int size(int unthrottled, int throttled) {
        return isThrottled() ? throttled : unthrottled;
    }

    void step(Runnable work) {
        step(() -> {
            work.run();
            return true;
        });
    }

    <T> T step(Supplier<T> work) {
        if (!isThrottled()) {
            return work.get();
        }
        oneStep.lock();
        try {
            long started = System.nanoTime();
            T result = work.get();
            LockSupport.parkNanos((long) (PAUSE_RATIO * (System.nanoTime() - started)));
            return result;
        } finally {
            oneStep.unlock();
        }
    }
}
