package io.guildhall.infrastructure.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs recurring jobs with db-scheduler: each {@link RecurringTask} bean on one node at a time. When a node dies,
 * another one takes over its running jobs within 13 s. Work for every node is {@code @Scheduled} instead.
 */
@Component
public class JobScheduler implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(2);
    private static final int MISSED_HEARTBEATS_LIMIT = 4;

    /** Waited at most twice: before and after running jobs are interrupted. */
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(2);

    private final DataSource dataSource;
    private final List<RecurringTask<?>> jobs;
    private final Clock clock;
    private volatile @Nullable Scheduler scheduler;

    JobScheduler(DataSource dataSource, List<RecurringTask<?>> jobs, Clock clock) {
        this.dataSource = dataSource;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Creates a job that runs again after a delay. A failed run is logged and retried after the same delay.
     *
     * @param work repeatable from its beginning and interruptible at any moment
     */
    public static RecurringTask<Void> job(String name, Duration delay, Runnable work) {
        return Tasks.recurring(name, FixedDelay.of(delay))
                .onDeadExecution((dead, operations) -> operations.reschedule(dead, dead.getExecution().executionTime))
                .execute((task, context) -> work.run());
    }

    /** Runs a job now. If it is running, or if there is no database, its scheduled time stays. */
    public void runNow(String job) {
        Scheduler running = scheduler;
        if (running != null) {
            try {
                running.reschedule(TaskInstanceId.of(job, RecurringTask.INSTANCE), clock.instant());
            } catch (RuntimeException e) {
                LOG.debug("Job {} runs at its next time", job, e);
            }
        }
    }

    @Override
    public synchronized void start() {
        Scheduler created = Scheduler.create(dataSource)
                .startTasks(jobs)
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                .clock(clock::instant)
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                // On a virtual thread an interrupt would close the connection of a running statement.
                .executorService(Executors.newFixedThreadPool(
                        jobs.size(),
                        Thread.ofPlatform().name("job-", 1).daemon().factory()))
                .threads(jobs.size())
                .pollUsingLockAndFetch(0.5, 1)
                .pollingInterval(POLL_INTERVAL)
                .enableImmediateExecution()
                .heartbeatInterval(HEARTBEAT_INTERVAL)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS_LIMIT)
                .shutdownMaxWait(SHUTDOWN_WAIT)
                .build();
        created.start();
        scheduler = created;
    }

    @Override
    public synchronized void stop() {
        Scheduler running = scheduler;
        if (running != null) {
            scheduler = null;
            running.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }
}
