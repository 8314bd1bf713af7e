package io.guildhall.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** Callers without a pause, a thread each: who is answered asks again at once. */
record Load(int callers, double warmUpSeconds, double seconds, Processors processors) {

    private static final double NANOS = 1e9;

    Measured of(Scenario scenario) throws Exception {
        var run = new Run();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int number = i;
                running.add(threads.submit(() -> call(scenario, number, run)));
            }
            run.ready.await();
            run.clock.start(warmUpSeconds, seconds);
            run.start.countDown();
            TimeUnit.NANOSECONDS.sleep(run.clock.since - System.nanoTime());
            Processors.Use before = processors.sofar();
            run.done.await();
            Processors.Use used = processors.sofar().since(before);
            run.end.countDown();
            var all = new Histogram(3);
            for (Future<Histogram> one : running) {
                all.add(one.get());
            }
            return new Measured(all, run.clock.measuredSeconds(), used);
        }
    }

    private Histogram call(Scenario scenario, int number, Run run) throws Exception {
        Scenario.Caller caller;
        try {
            caller = scenario.caller(number, callers);
        } catch (Exception e) {
            run.done.countDown();
            throw e;
        } finally {
            run.ready.countDown();
        }
        try (caller) {
            run.start.await();
            var tally = new Tally(run.clock.since, run.clock.until);
            try {
                while (!run.clock.isOver()) {
                    if (!caller.call(tally)) {
                        run.clock.stop();
                    }
                }
            } finally {
                run.clock.stop();
                run.done.countDown();
            }
            // What a connection's other end has used of the processors is unknown once it is closed.
            run.end.await();
            return tally.latencies();
        }
    }

    private final class Run {

        private final Clock clock = new Clock();
        private final CountDownLatch ready = new CountDownLatch(callers);
        private final CountDownLatch start = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(callers);
        private final CountDownLatch end = new CountDownLatch(1);
    }

    /** The measured time; shorter than planned when a caller has nothing left to do. */
    private static final class Clock {

        private long since;
        private long until;
        private final AtomicLong stopped = new AtomicLong();

        void start(double warmUpSeconds, double seconds) {
            since = System.nanoTime() + (long) (warmUpSeconds * NANOS);
            until = since + (long) (seconds * NANOS);
        }

        boolean isOver() {
            return stopped.get() != 0 || System.nanoTime() - until >= 0;
        }

        void stop() {
            stopped.compareAndSet(0, System.nanoTime());
        }

        double measuredSeconds() {
            long end = stopped.get() == 0 ? until : Math.min(stopped.get(), until);
            if (end - since <= 0) {
                throw new IllegalStateException("There was nothing left to do before the warm-up was over");
            }
            return (end - since) / NANOS;
        }
    }
}
