package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Scenario.Kind;
import io.guildhall.benchmarks.Town.Person;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code benchmarks/run serving}: what callers notice of a rebuild of all projections. They call at a steady rate that the service has
 * no trouble with, first without a rebuild and then during one, in turn; a rebuild that is over begins anew.
 */
@Command(
        name = "serving",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Measures requests while all projections are rebuilt, next to the same requests before.")
final class Serving implements Callable<Integer> {

    private static final double TARGET = 2;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--events", description = "How long a history is rebuilt.")
    private long events = 300_000;

    @Option(names = "--callers", description = "How many call at the same time.")
    private int callers = 4;

    @Option(names = "--rate", description = "How often each of them does, a second.")
    private int rate = 20;

    @Option(names = "--seconds", description = "How long each measurement takes.")
    private double seconds = 6;

    @Option(names = "--rounds", description = "How often each is measured; all requests count together.")
    private int rounds = 3;

    @Override
    public Integer call() throws Exception {
        double busy = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        try (Service service = parent.service();
                var client = new Client(service.url())) {
            Database database = parent.database(service);
            String operator = parent.operatorKey(service);
            System.out.println(Benchmarks.machine(database, busy) + "\n");
            Rebuilding.make(database, service.home(), events);
            // Nothing has been projected of it yet, which no comparison would let pass.
            Rebuilding.rebuild(client, operator, true);
            try (var town = new Town(service.url(), operator, new Mailbox(service.home()))) {
                List<Person> owners = town.people(callers);
                var reads = new Reads(town, owners, town.people(9 * callers));
                System.out.printf(
                        "| scenario | usual p50 ms | p99 ms | during a rebuild p50 ms | p99 ms | p99 of the usual | target |%n"
                                + "| --- | --: | --: | --: | --: | --: | --- |%n");
                for (Scenario scenario : List.of(
                        reads.checkToken(),
                        reads.listMembers(),
                        reads.newestActivities(),
                        new Writes.Found(town, owners))) {
                    measure(scenario, service, client, operator);
                }
            }
        }
        return 0;
    }

    private void measure(Scenario scenario, Service service, Client client, String operator) throws Exception {
        var load = new Load(callers, 1, seconds, service.processors());
        var paced = new Paced(scenario, TimeUnit.SECONDS.toNanos(1) / rate);
        scenario.prepare(callers, (seconds + 1) * (2 * rounds + 2));
        // For the just-in-time compiler, both ways.
        load.of(paced);
        try (var rebuilds = new Rebuilds(client, operator)) {
            load.of(paced);
            rebuilds.requireUnderWay();
        }
        var usual = new Histogram(3);
        var during = new Histogram(3);
        for (int round = 0; round < rounds; round++) {
            usual.add(load.of(paced).latencies());
            try (var rebuilds = new Rebuilds(client, operator)) {
                during.add(load.of(paced).latencies());
                rebuilds.requireUnderWay();
            }
        }
        double ratio = (double) during.getValueAtPercentile(99) / usual.getValueAtPercentile(99);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.1f | %s |%n",
                scenario.name(),
                usual.getValueAtPercentile(50) / 1e6,
                usual.getValueAtPercentile(99) / 1e6,
                during.getValueAtPercentile(50) / 1e6,
                during.getValueAtPercentile(99) / 1e6,
                ratio,
                ratio <= TARGET ? "met" : "missed");
    }

    /** One after the other, until closed. */
    private static final class Rebuilds implements AutoCloseable {

        private final Thread thread;
        private volatile boolean enough;
        private volatile @Nullable Exception failure;

        Rebuilds(Client client, String operator) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    while (!enough) {
                        Rebuilding.rebuild(client, operator, false);
                    }
                } catch (Exception e) {
                    failure = e;
                }
            });
        }

        void requireUnderWay() {
            if (failure != null) {
                throw new IllegalStateException("There was no rebuild all the time", failure);
            }
        }

        @Override
        public void close() throws InterruptedException {
            enough = true;
            thread.join();
        }
    }

    /** Not more often than so; who is answered late asks again at once, and what was missed is not made up for. */
    private record Paced(Scenario scenario, long nanos) implements Scenario {

        @Override
        public String name() {
            return scenario.name();
        }

        @Override
        public Kind kind() {
            return scenario.kind();
        }

        @Override
        public Caller caller(int number, int callers) throws Exception {
            Caller caller = scenario.caller(number, callers);
            return new Caller() {

                private long next = System.nanoTime() + nanos * number / callers;

                @Override
                public boolean call(Tally tally) throws Exception {
                    long early = next - System.nanoTime();
                    if (early > 0) {
                        TimeUnit.NANOSECONDS.sleep(early);
                    }
                    next = Math.max(next + nanos, System.nanoTime());
                    return caller.call(tally);
                }

                @Override
                public void close() throws Exception {
                    caller.close();
                }
            };
        }
    }
}
