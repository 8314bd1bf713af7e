package io.guildhall.benchmarks;

import static java.util.Objects.requireNonNull;

import io.guildhall.benchmarks.Scenario.Kind;
import io.guildhall.benchmarks.Town.Person;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        subcommands = {
            BulkActs.class,
            Churn.class,
            Endurance.class,
            Exports.class,
            LongStreams.class,
            Rebuilding.class,
            Serving.class,
            Trails.class
        },
        description = {
            "Measures a service over HTTP, and in the same run what its machine could do at best.",
            "Without --url it starts a service on a home of its own, which is gone afterwards."
        })
final class Benchmarks implements Callable<Integer> {

    private static final int GUESTS_PER_CALLER = 8;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "<name>",
            description = "Only these, each by the start of its name.")
    private List<String> scenarios = List.of();

    @Option(names = "--callers", split = ",", paramLabel = "<n>", description = "How many call at the same time.")
    private List<Integer> callers = List.of(1, 8, 32);

    @Option(names = "--seconds", description = "How long each scenario is measured.")
    private double seconds = 5;

    @Option(names = "--warm-up", description = "Seconds before each measurement that do not count.")
    private double warmUp = 1;

    @Option(
            names = "--heat",
            description = "Seconds for which each scenario runs first of all, for the just-in-time compiler.")
    private double heat = 5;

    @Option(names = "--rounds", description = "How often everything is measured; the median counts.")
    private int rounds = 1;

    @Option(
            names = "--output",
            paramLabel = "<file>",
            description = "Where the table goes, beside the standard output.")
    private @Nullable Path output;

    @Option(names = "--url", description = "A running service; its throttles must be out of the way.")
    private @Nullable URI url;

    @Option(
            names = "--home",
            paramLabel = "<directory>",
            description = "Its home, for its mail, operator key and database.")
    private @Nullable Path home;

    @Option(
            names = "--operator-key",
            paramLabel = "<key>",
            description = "Its operator key, if that is not in its home.")
    private @Nullable String operatorKey;

    @Option(
            names = "--database-url",
            paramLabel = "<url>",
            description = "Its PostgreSQL, if that is not in its home: jdbc:postgresql:...")
    private @Nullable String databaseUrl;

    @Option(names = "--database-user", paramLabel = "<name>", defaultValue = "postgres")
    private String databaseUser = "postgres";

    @Option(names = "--database-password", paramLabel = "<password>", defaultValue = "")
    private String databasePassword = "";

    @Option(
            names = "--jvm-options",
            paramLabel = "<options>",
            description = "For the started service's Java virtual machine.")
    private String jvmOptions = "";

    @Parameters(paramLabel = "<option>", description = "After --, for the started service: --guildhall.mail.workers=1")
    private List<String> serviceOptions = List.of();

    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        double busy = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        try (Service service = service()) {
            Database database = database(service);
            var mailbox = new Mailbox(service.home());
            try (var town = new Town(service.url(), operatorKey(service), mailbox)) {
                String text = "%s%n%n%s"
                        .formatted(
                                machine(database, busy),
                                measure(town, database, service.processors()).markdown());
                System.out.println(text);
                if (output != null) {
                    Files.writeString(output, text);
                }
            }
        }
        return 0;
    }

    String operatorKey(Service service) throws IOException {
        return operatorKey == null ? service.operatorKey() : operatorKey;
    }

    Database database(Service service) throws IOException {
        return databaseUrl == null
                ? Database.embeddedIn(service.home())
                : new Database(databaseUrl, databaseUser, databasePassword);
    }

    /** @param more options that a benchmark needs, for a service that is started for it */
    Service service(String... more) throws Exception {
        if (url != null) {
            return Service.running(url, requireNonNull(home, "--url needs --home"));
        }
        Path launcher = Path.of(System.getProperty("benchmarks.launcher", "./guildhall"));
        System.err.println("Starting a service ...");
        List<String> options = new ArrayList<>(serviceOptions);
        options.addAll(List.of(more));
        return Service.started(launcher, options, jvmOptions);
    }

    private Report measure(Town town, Database database, Processors processors) throws Exception {
        int most = Collections.max(callers);
        System.err.println("Signing people up ...");
        List<Person> owners = town.people(most);
        List<Person> people = town.people(GUESTS_PER_CALLER * most);
        var insert = new DurableInsert(database);
        List<Scenario> chosen = chosen(town, owners, people, insert);
        if (heat > 0) {
            for (Scenario scenario : chosen) {
                show("heat", scenario, most, run(town, scenario, new Load(most, 0, heat, processors)));
            }
        }
        var report = new Report();
        for (int round = 1; round <= rounds; round++) {
            for (int count : callers) {
                for (Scenario scenario : chosen) {
                    Measured measured = run(town, scenario, new Load(count, warmUp, seconds, processors));
                    show("round " + round, scenario, count, measured);
                    report.add(scenario, count, measured);
                }
            }
        }
        insert.tidyUp();
        return report;
    }

    private static Measured run(Town town, Scenario scenario, Load load) throws Exception {
        scenario.prepare(load.callers(), load.warmUpSeconds() + load.seconds());
        town.mailbox().settle();
        return load.of(scenario);
    }

    /** The floors always, and first. */
    private List<Scenario> chosen(Town town, List<Person> owners, List<Person> people, DurableInsert insert) {
        var reads = new Reads(town, owners, people);
        var guests = new Guests(town, owners, people);
        List<Scenario> all = List.of(
                insert,
                reads.bareRoute(),
                reads.checkToken(),
                reads.listMembers(),
                reads.newestActivities(),
                new Writes.Found(town, owners),
                new Writes.Invite(town, owners),
                new Writes.Join(town, guests),
                new Writes.Remove(town, guests));
        List<Scenario> chosen = new ArrayList<>();
        for (Scenario scenario : all) {
            if (scenario.kind() == Kind.FLOOR
                    || scenarios.isEmpty()
                    || scenarios.stream().anyMatch(scenario.name()::startsWith)) {
                chosen.add(scenario);
            }
        }
        return chosen;
    }

    private static void show(String what, Scenario scenario, int callers, Measured measured) {
        System.err.printf(
                Locale.ROOT,
                "%-8s %-26s %3d callers %,9.0f/s  p50 %7.2f ms  p99 %7.2f ms  cpu/request %,6.0f µs%n",
                what,
                scenario.name(),
                callers,
                measured.perSecond(),
                measured.millisAt(50),
                measured.millisAt(99),
                total(measured));
    }

    private static double total(Measured measured) {
        Processors.Use used = measured.used();
        return Stream.<@Nullable Double>of(used.service(), used.database(), used.load())
                .map(measured::micros)
                .filter(Objects::nonNull)
                .mapToDouble(micros -> micros == null ? 0 : micros)
                .sum();
    }

    static String machine(Database database, double busy) throws Exception {
        return "%d cores (%s), load average before %.2f; %s %s; %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        busy,
                        System.getProperty("java.vm.name"),
                        Runtime.version(),
                        database.describe());
    }

    private static String processor() throws Exception {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
