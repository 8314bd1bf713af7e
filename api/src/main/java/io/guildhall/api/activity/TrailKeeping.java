package io.guildhall.api.activity;

import io.guildhall.query.activity.TrailKeeper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Lets activities go in the background: one process at a time, and another one when that dies. */
@Component
class TrailKeeping implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(TrailKeeping.class);

    private final TrailKeeper keeper;
    private final TrailProperties properties;
    private final AtomicBoolean working = new AtomicBoolean();

    TrailKeeping(TrailKeeper keeper, TrailProperties properties) {
        this.keeper = keeper;
        this.properties = properties;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::nudge, properties.keeping(), Duration.ofSeconds(5)));
    }

    /** Does not wait for it. */
    private void nudge() {
        if (working.compareAndSet(false, true)) {
            Thread.ofVirtual().name("trail-keeper").start(this::work);
        }
    }

    private void work() {
        try {
            keeper.keep();
        } catch (RuntimeException e) {
            LOG.warn("Keeping the trails goes on later", e);
        } finally {
            working.set(false);
        }
    }
}
