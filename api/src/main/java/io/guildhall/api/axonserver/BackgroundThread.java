package io.guildhall.api.axonserver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Does something in a thread of its own for as long as somebody may wait for an answer of the Axon Server. */
abstract class BackgroundThread implements SmartLifecycle {

    private final String name;
    private volatile boolean running;
    private @Nullable Thread thread;

    BackgroundThread(String name) {
        this.name = name;
    }

    /** Until {@link #isRunning} says no, or it is interrupted. */
    abstract void work();

    /** Cut short at the end. */
    final void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    @Override
    public final synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(this::work);
    }

    @Override
    public final synchronized void stop() {
        running = false;
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    /** With the feed: behind Axon's own parts. */
    @Override
    public final int getPhase() {
        return Feed.PHASE;
    }
}
