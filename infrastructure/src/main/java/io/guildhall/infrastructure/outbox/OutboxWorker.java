package io.guildhall.infrastructure.outbox;

import io.guildhall.infrastructure.jobs.PollingWorker;
import io.guildhall.infrastructure.observability.FailureLog;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes what is due from an outbox, at an interval and when triggered, and sends each on a virtual thread. A limit holds for those that
 * are sent at the same time on this node.
 */
public abstract class OutboxWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final PollingWorker poller;
    private final int concurrent;
    protected final Semaphore slots;

    protected OutboxWorker(String name, Duration interval, int concurrent) {
        this.poller = new PollingWorker(name, interval, this::sendDue);
        this.concurrent = concurrent;
        this.slots = new Semaphore(concurrent);
    }

    /** Begins to send what is due; does not wait until it is sent. */
    protected abstract void sendDue();

    /**
     * Sends in a slot that the caller has acquired, and releases the slot. After a failure, which most likely is the database's, what was
     * to be sent is due again when its lease ends.
     *
     * @param what for the log
     */
    protected final void sendInSlot(String what, Runnable work) {
        Thread.ofVirtual().name(what).start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                FailureLog.warn(LOG, what + " is sent later", e);
            } finally {
                slots.release();
                slotReleased();
            }
        });
    }

    /** Called on the thread that has sent. */
    protected void slotReleased() {}

    /** The outbox has something that is due. */
    public final void trigger() {
        poller.trigger();
    }

    @Override
    public final void start() {
        poller.start();
    }

    /** Waits up to 15 s for what is being sent, so that it is not sent again. */
    @Override
    public final void stop() {
        poller.stop();
        try {
            if (slots.tryAcquire(concurrent, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                slots.release(concurrent);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        return poller.isRunning();
    }
}
