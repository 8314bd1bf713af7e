package io.guildhall.infrastructure.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollingWorkerTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final Semaphore allowed = new Semaphore(0);
    private PollingWorker worker = new PollingWorker("test", Duration.ofHours(1), this::run);

    private void run() {
        runs.incrementAndGet();
        allowed.acquireUninterruptibly();
    }

    @AfterEach
    void stop() {
        worker.stop();
        allowed.release(1_000);
    }

    @Test
    void runsAtOnceWhenTriggered() {
        worker.start();
        await().until(() -> runs.get() == 1);
        allowed.release(1_000);

        worker.trigger();

        await().until(() -> runs.get() == 2);
    }

    @Test
    void runsOnceMoreForAllTriggersDuringARun() {
        worker.start();
        await().until(() -> runs.get() == 1);
        for (int i = 0; i < 5; i++) {
            worker.trigger();
        }

        allowed.release();
        await().until(() -> runs.get() == 2);
        allowed.release(1_000);

        worker.trigger();
        await().until(() -> runs.get() == 3);
        assertThat(runs).hasValue(3);
    }

    @Test
    void runsAtAnIntervalHoweverOftenTheWorkFails() {
        worker = new PollingWorker("test", Duration.ofMillis(10), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("as expected");
        });

        worker.start();

        await().until(() -> runs.get() > 3);
    }

    @Test
    void doesNotRunAfterItsEnd() throws Exception {
        allowed.release(1_000);
        worker = new PollingWorker("test", Duration.ofMillis(5), this::run);
        worker.start();
        await().until(() -> runs.get() > 0);

        worker.stop();
        Thread.sleep(50);
        int before = runs.get();
        worker.trigger();
        Thread.sleep(50);

        assertThat(runs).hasValue(before);
    }
}
