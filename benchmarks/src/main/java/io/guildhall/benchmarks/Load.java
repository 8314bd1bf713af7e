package io.guildhall.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        var ready = new CountDownLatch(callers);
        var start = new CountDownLatch(1);
        var clock = new Clock();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(caller(scenario, i, ready, start, clock)));
            }
            ready.await();
            clock.start(warmUpSeconds, seconds);
            start.countDown();
            TimeUnit.NANOSECONDS.sleep(clock.since - System.nanoTime());
            Processors.Use before = processors.sofar();
            var all = new Histogram(3);
            for (Future<Histogram> one : running) {
                all.add(one.get());
            }
            return new Measured(all, clock.measuredSeconds(), processors.sofar().since(before));
        }
    }

    private Callable<Histogram> caller(
            Scenario scenario, int number, CountDownLatch ready, CountDownLatch start, Clock clock) {
        return () -> {
            Scenario.Caller caller;
            try {
                caller = scenario.caller(number, callers);
            } finally {
                ready.countDown();
            }
            try (caller) {
                start.await();
                var tally = new Tally(clock.since, clock.until);
                while (!clock.isOver()) {
                    if (!caller.call(tally)) {
                        clock.stop();
                    }
                }
                return tally.latencies();
            } catch (Exception e) {
                clock.stop();
                throw e;
            }
        };
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
