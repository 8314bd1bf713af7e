package io.guildhall.infrastructure.jobs;

import io.guildhall.infrastructure.observability.LogText;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work on one thread of this node: at an interval, and at once when triggered. Triggers during a run cause one more run. */
public final class PollingWorker {

    private static final Logger LOG = LoggerFactory.getLogger(PollingWorker.class);

    private final String name;
    private final Duration interval;
    private final Runnable work;
    private final AtomicBoolean triggered = new AtomicBoolean();
    private volatile @Nullable ScheduledThreadPoolExecutor thread;
    private boolean failing;

    public PollingWorker(String name, Duration interval, Runnable work) {
        this.name = name;
        this.interval = interval;
        this.work = work;
    }

    public synchronized void start() {
        // On a virtual thread an interrupt would close the connection of a running statement.
        var executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory(), new ThreadPoolExecutor.DiscardPolicy());
        executor.scheduleWithFixedDelay(this::run, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        thread = executor;
    }

    public void trigger() {
        ScheduledThreadPoolExecutor running = thread;
        if (running != null && triggered.compareAndSet(false, true)) {
            running.execute(() -> {
                triggered.set(false);
                run();
            });
        }
    }

    /** Interrupts the work. */
    public synchronized void stop() {
        ScheduledThreadPoolExecutor running = thread;
        if (running != null) {
            thread = null;
            running.shutdownNow();
            triggered.set(false);
        }
    }

    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            work.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && isRunning()) {
                LOG.warn("{} continues later: {}", name, LogText.of(e.getMessage()));
            }
            failing = true;
        }
    }
}
