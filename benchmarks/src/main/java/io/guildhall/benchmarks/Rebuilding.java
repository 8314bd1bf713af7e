package io.guildhall.benchmarks;

import io.guildhall.benchmarks.history.History;
import io.guildhall.benchmarks.history.History.Shape;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/**
 * {@code benchmarks/run rebuild}: makes a history, has the service rebuild all projections of it, and once more with the
 * comparison, next to what the same reading and writing takes at best; and reads it at its beginning, middle and end.
 */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Measures rebuilds of all projections of a history that it makes.")
final class Rebuilding implements Callable<Integer> {

    private static final long SEED = 7;
    /** Each costs the service as much as a dozen events. */
    private static final long POLL_MILLIS = 100;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--events", description = "How many to make; 0 to take those that there are.")
    private long events = 1_000_000;

    @Option(names = "--times", description = "How often they are rebuilt.")
    private int times = 1;

    private record Line(String what, double seconds, Processors.Use used) {}

    private final List<Line> lines = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (Service service = parent.service();
                var client = new Client(service.url())) {
            Database database = parent.database(service);
            Processors processors = service.processors();
            String operator = parent.operatorKey(service);
            double busy = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            System.out.println(Benchmarks.machine(database, busy) + "\n");
            if (events > 0) {
                measured("making the history", processors, () -> make(database, service.home(), events));
            }
            var floor = new RebuildFloor(database);
            long count = floor.count();
            double read = measured("floor: reading the events by plain JDBC", processors, floor::read);
            double rebuilt = 0;
            for (int time = 0; time < times; time++) {
                rebuilt = measured("rebuilding all projections", processors, () -> rebuild(client, operator, true));
            }
            measured("rebuilding and comparing them", processors, () -> rebuild(client, operator, false));
            double written = 0;
            for (String table : floor.unload(service.home())) {
                written += measured("floor: writing " + table + " by COPY", processors, () -> floor.write(table));
            }
            report(count);
            System.out.printf(
                    Locale.ROOT,
                    "%n%,d events: rebuilt %,.0f a second; floor %,.0f a second; %.2f of the floor%n%n",
                    count,
                    count / rebuilt,
                    count / (read + written),
                    (read + written) / rebuilt);
            System.out.print(floor.depths(count));
        }
        return 0;
    }

    static void make(Database database, Path home, long events) throws Exception {
        byte[] key = Base64.getDecoder()
                .decode(Files.readString(home.resolve("master.key")).strip());
        try (Connection rows = database.connect();
                Connection keys = database.connect()) {
            long begun = System.nanoTime();
            new History(rows, keys, key)
                    .make(
                            Shape.wide(events),
                            SEED,
                            made -> System.err.printf(
                                    Locale.ROOT, "  %,d events, %,.0f a second%n", made, made / since(begun)));
            History.settle(rows);
        }
    }

    static void rebuild(Client client, String operator, boolean takeOver) throws Exception {
        String id = client.post("/operator/v1/rebuilds", operator, Map.of("take_over_despite_differences", takeOver))
                .at("/rebuild/id")
                .asString();
        while (true) {
            JsonNode rebuild =
                    client.get("/operator/v1/rebuilds/latest", operator).at("/rebuild");
            String state = rebuild.at("/state").asString();
            if (!rebuild.at("/id").asString().equals(id)) {
                throw new IllegalStateException("Another rebuild came in between: " + rebuild);
            }
            if (state.equals("DONE")) {
                return;
            }
            if (!state.equals("BUILDING")) {
                throw new IllegalStateException(rebuild.toString());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @FunctionalInterface
    private interface Work {

        void run() throws Exception;
    }

    private double measured(String what, Processors processors, Work work) throws Exception {
        Processors.Use before = processors.sofar();
        long begun = System.nanoTime();
        work.run();
        double seconds = since(begun);
        lines.add(new Line(what, seconds, processors.sofar().since(before)));
        System.err.printf(Locale.ROOT, "%-45s %8.2f s%n", what, seconds);
        return seconds;
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private void report(long count) {
        System.out.println("| what | s | events/s | service µs | database µs | load µs |");
        System.out.println("| --- | --: | --: | --: | --: | --: |");
        for (Line line : lines) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.2f | %,.0f | %s | %s | %s |%n",
                    line.what(),
                    line.seconds(),
                    count / line.seconds(),
                    micros(line.used().service(), count),
                    micros(line.used().database(), count),
                    micros(line.used().load(), count));
        }
    }

    private static String micros(@Nullable Double seconds, long count) {
        return seconds == null ? "" : String.format(Locale.ROOT, "%.1f", seconds * 1e6 / count);
    }
}
