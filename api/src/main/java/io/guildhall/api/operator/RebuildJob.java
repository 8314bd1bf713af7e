package io.guildhall.api.operator;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.api.jobs.JobScheduler;
import io.guildhall.query.rebuild.Rebuilder;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Carries out rebuilds in the background, on one node at a time. */
@Component
class RebuildJob {

    static final String NAME = "rebuild";

    private final Rebuilder rebuilder;

    RebuildJob(Rebuilder rebuilder) {
        this.rebuilder = rebuilder;
    }

    @Bean
    static RecurringTask<Void> rebuildTask(Rebuilder rebuilder) {
        return JobScheduler.job(NAME, Duration.ofSeconds(2), rebuilder::work);
    }

    @EventListener(ApplicationReadyEvent.class)
    void beginWhereCodeIsNewer() {
        rebuilder.beginWhereCodeIsNewer();
    }

    /** Of this node. The node that builds gives way to the callers of all nodes. */
    @Scheduled(fixedDelay = 2_000, initialDelay = 2_000)
    void reportForegroundLoad() {
        rebuilder.reportForegroundLoad();
    }
}
