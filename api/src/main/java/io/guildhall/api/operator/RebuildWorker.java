package io.guildhall.api.operator;

import io.guildhall.query.rebuild.Rebuilder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Carries out rebuilds in the background: one process at a time, and another one when that dies. */
@Component
class RebuildWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildWorker.class);

    private final Rebuilder rebuilder;
    private final AtomicBoolean working = new AtomicBoolean();

    RebuildWorker(Rebuilder rebuilder) {
        this.rebuilder = rebuilder;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        rebuilder.beginWhereCodeIsNewer();
    }

    /** Does not wait for it. */
    @Scheduled(fixedDelay = 2_000, initialDelay = 2_000)
    void nudge() {
        if (working.compareAndSet(false, true)) {
            Thread.ofPlatform().name("rebuild").daemon().start(this::work);
        }
    }

    private void work() {
        try {
            rebuilder.work();
        } catch (RuntimeException e) {
            LOG.warn("A rebuild goes on later", e);
        } finally {
            working.set(false);
        }
    }
}
