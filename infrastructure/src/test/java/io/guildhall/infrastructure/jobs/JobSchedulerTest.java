package io.guildhall.infrastructure.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class JobSchedulerTest {

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate sql = new JdbcTemplate(database);
    private final List<JobScheduler> nodes = new ArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        nodes.forEach(JobScheduler::stop);
    }

    private JobScheduler node(Duration delay, Runnable work) {
        var node = new JobScheduler(database, List.of(JobScheduler.job("test", delay, work)), Clock.systemUTC());
        nodes.add(node);
        node.start();
        return node;
    }

    private void run() {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.decrementAndGet();
        runs.incrementAndGet();
    }

    @Test
    void runsAJobOnOneNodeAtATime() {
        JobScheduler one = node(Duration.ofMillis(1), this::run);
        JobScheduler other = node(Duration.ofMillis(1), this::run);

        await().until(() -> {
            one.runNow("test");
            other.runNow("test");
            return runs.get() > 10;
        });

        assertThat(most).hasValue(1);
    }

    @Test
    void runsAJobAtOnceWhenAsked() {
        JobScheduler node = node(Duration.ofDays(1), runs::incrementAndGet);
        await().until(() -> runs.get() == 1 && isWaiting());

        node.runNow("test");

        await().until(() -> runs.get() == 2);
    }

    @Test
    void repeatsAJobThatFailed() {
        node(Duration.ofMillis(10), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("as expected");
        });

        await().until(() -> runs.get() > 2);
    }

    @Test
    void remembersWhenAJobIsDueOverARestart() throws Exception {
        JobScheduler node = node(Duration.ofDays(1), runs::incrementAndGet);
        await().until(() -> runs.get() == 1 && isWaiting());
        node.stop();

        node(Duration.ofDays(1), runs::incrementAndGet);
        Thread.sleep(1_500);

        assertThat(runs).hasValue(1);
    }

    @Test
    void takesOverAJobOfANodeThatDied() {
        sql.update("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                values ('test', 'recurring', now() - interval '10 seconds', true, 'a dead node', now() - interval '9 seconds', 1)
                """);

        node(Duration.ofDays(1), runs::incrementAndGet);

        await().until(() -> runs.get() == 1);
    }

    private boolean isWaiting() {
        return Boolean.TRUE.equals(
                sql.queryForObject("select not bool_or(picked) from scheduled_tasks", Boolean.class));
    }
}
