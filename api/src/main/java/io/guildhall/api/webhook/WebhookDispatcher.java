package io.guildhall.api.webhook;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.api.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.infrastructure.jobs.PollingWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Finds the webhooks that have something to send, whichever node caused it, and serves each in a thread of its own for a short time: a
 * slow receiver delays no other.
 */
@Component
class WebhookDispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    /** Looking for webhooks takes a sixth of the time at most, however many there are, */
    private static final int REST_TO_WORK = 5;

    /** unless it takes so long that something is in its way: messages are delayed by this at most. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final WebhookCursorRepository cursors;
    private final WebhookDeliveryWorker worker;
    private final int atOnce;
    private final Semaphore turns;
    private final PollingWorker poller;
    private volatile long restUntil = System.nanoTime();
    private volatile boolean allBusy;

    WebhookDispatcher(WebhookCursorRepository cursors, WebhookDeliveryWorker worker, WebhookProperties properties) {
        this.cursors = cursors;
        this.worker = worker;
        this.atOnce = properties.atOnce();
        this.turns = new Semaphore(atOnce);
        this.poller = new PollingWorker("webhooks", properties.poll(), this::serveReady);
    }

    @Bean
    static RecurringTask<Void> webhookDeliveriesCleanup(
            WebhookDeliveryRepository deliveries, WebhookProperties properties) {
        return JobScheduler.job(
                "webhook-deliveries-cleanup", Duration.ofMinutes(10), () -> deliveries.forget(properties.remember()));
    }

    private void serveReady() {
        long begun = System.nanoTime();
        int free = begun - restUntil < 0 ? 0 : turns.drainPermits();
        if (free == 0) {
            return;
        }
        int served = 0;
        try {
            List<WebhookCursor> ready = cursors.claim(free, worker.lease());
            served = ready.size();
            allBusy = served == free;
            ready.forEach(this::serve);
        } finally {
            turns.release(free - served);
        }
        if (served < free) {
            long now = System.nanoTime();
            restUntil = now + Math.min(REST_TO_WORK * (now - begun), LONGEST_REST.toNanos());
        }
    }

    private void serve(WebhookCursor cursor) {
        Thread.ofVirtual().name("webhook-" + cursor.webhook()).start(() -> {
            try {
                worker.serve(cursor);
            } catch (RuntimeException e) {
                LOG.warn("Webhook {} is served later", cursor.webhook(), e);
            } finally {
                turns.release();
                if (allBusy) {
                    poller.trigger();
                }
            }
        });
    }

    @Override
    public void start() {
        poller.start();
    }

    /** Waits for what is being sent, so that it is not sent again. */
    @Override
    public void stop() {
        poller.stop();
        try {
            if (turns.tryAcquire(atOnce, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                turns.release(atOnce);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return poller.isRunning();
    }
}
