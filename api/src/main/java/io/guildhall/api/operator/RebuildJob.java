package io.guildhall.api.operator;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Carries out rebuilds in the background, on one node at a time. */
@Component
class RebuildJob {

    static final String NAME = "rebuild";

    private static final Logger LOG = LoggerFactory.getLogger(RebuildJob.class);

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
        try {
            rebuilder.reportForegroundLoad();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The load is not reported while the database is away", e);
        }
    }
}
