package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Office;
import io.guildhall.benchmarks.Town.Person;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code benchmarks/run bulk}: a member with many API tokens is removed and joins again. Compared with {@code COPY} of the same rows
 * into tables with the same indexes, and with what other organizations see meanwhile.
 */
@Command(
        name = "bulk",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Measures acts that concern many API tokens at once, and other organizations meanwhile.")
final class BulkActs implements Callable<Integer> {

    private static final double COPY_AT_MOST = 10;
    private static final double P99_AT_MOST = 5;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--tokens", description = "Of the member.")
    private int tokens = 20_000;

    @Option(names = "--rounds", description = "How often the member is removed and joins again.")
    private int rounds = 5;

    @Option(names = "--others", description = "How many callers write to other organizations meanwhile.")
    private int others = 2;

    @Override
    public Integer call() throws Exception {
        // Some more than there are at a time.
        try (Service service = parent.service("--guildhall.max-api-tokens=" + 2 * tokens);
                var town = new Town(service.url(), parent.operatorKey(service), new Mailbox(service.home()));
                ExecutorService threads = Executors.newFixedThreadPool(others)) {
            Database database = parent.database(service);
            Office office = town.offices(town.people(1)).getFirst();
            Person guest = town.people(1).getFirst();
            List<Office> elsewhere = town.offices(town.people(others));
            try (var client = new Client(town.service());
                    Connection connection = database.connect()) {
                Town.join(client, office, guest);
                issue(town, office, guest);
                double copied = Double.MAX_VALUE;
                double acted = 0;
                var alone = new Histogram(3);
                var meanwhile = new Histogram(3);
                for (int round = 0; round < rounds; round++) {
                    String membership = membershipOf(client, office, guest);
                    long before = position(connection);
                    Callable<Double> removal =
                            () -> seconds(() -> client.send(io.guildhall.benchmarks.Connection.request(
                                    "DELETE", "/v1/organization_members/" + membership, office.token(), null)));
                    double took = beside(threads, town, elsewhere, meanwhile, removal);
                    acted += took;
                    copied = Math.min(copied, copy(connection, office, before));
                    beside(threads, town, elsewhere, alone, () -> {
                        Thread.sleep((long) (took * 1_000));
                        return took;
                    });
                    Town.join(client, office, guest);
                }
                report(acted / rounds, copied, meanwhile, alone);
            }
        }
        return 0;
    }

    private void issue(Town town, Office office, Person guest) throws Exception {
        List<Town.Call<Boolean>> acts = new ArrayList<>();
        String session;
        try (var client = new Client(town.service())) {
            session = client.post("/v1/organizations/" + office.organization() + "/switch", guest.session(), Map.of())
                    .at("/token/id")
                    .asString();
        }
        for (int i = 0; i < tokens; i++) {
            acts.add(client -> !client.post(
                            "/v1/credentials",
                            session,
                            Map.of("name", "token", "type", "USER", "organization_id", office.organization()))
                    .isNull());
        }
        town.inParallel(acts);
    }

    private static String membershipOf(Client client, Office office, Person guest) throws Exception {
        for (var member :
                client.get("/v1/organization_members?limit=100", office.token()).path("members")) {
            if (member.path("user_id").asString().equals(guest.user())) {
                return member.path("id").asString();
            }
        }
        throw new IllegalStateException("Not a member");
    }

    /** The act's own time; others write as long as it takes. */
    private static double beside(
            ExecutorService threads, Town town, List<Office> elsewhere, Histogram latencies, Callable<Double> act)
            throws Exception {
        var over = new AtomicBoolean();
        List<Future<Histogram>> running = new ArrayList<>();
        for (Office office : elsewhere) {
            running.add(threads.submit(() -> rename(town, office, over)));
        }
        double took = act.call();
        over.set(true);
        for (Future<Histogram> one : running) {
            latencies.add(one.get());
        }
        return took;
    }

    private static Histogram rename(Town town, Office office, AtomicBoolean over) throws Exception {
        var latencies = new Histogram(3);
        try (var client = new Client(town.service())) {
            while (!over.get()) {
                Map<String, String> change = Map.of("name", town.freshName());
                long sent = System.nanoTime();
                client.patch(
                        "/v1/organizations/" + office.organization() + "?update_mask=name", office.token(), change);
                latencies.recordValue(System.nanoTime() - sent);
            }
        }
        return latencies;
    }

    private static long position(Connection connection) throws Exception {
        try (var statement = connection.createStatement();
                var last = statement.executeQuery("select max(position) from events")) {
            last.next();
            return last.getLong(1);
        }
    }

    /** The rows that the act has written, by {@code COPY} in one transaction. */
    private static double copy(Connection connection, Office office, long before) throws Exception {
        String acts = "(select trail_sequence from events where position > %d and trail = '%s')"
                .formatted(before, office.organization());
        Map<String, String> written = new LinkedHashMap<>();
        written.put(
                "events",
                "select * from events where position > %d and stream = '%s'".formatted(before, office.organization()));
        written.put(
                "activities",
                "select * from activities where trail = '%s' and sequence in %s"
                        .formatted(office.organization(), acts));
        written.put(
                "token_states",
                "select * from token_states where organization = '%s' and sequence in %s"
                        .formatted(office.organization(), acts));
        written.put(
                "tokens",
                "select * from tokens where organization = '%s' and not active".formatted(office.organization()));
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        Map<String, byte[]> rows = new LinkedHashMap<>();
        try (var statement = connection.createStatement()) {
            for (var table : written.entrySet()) {
                var bytes = new ByteArrayOutputStream();
                copies.copyOut("copy (" + table.getValue() + ") to stdout (format binary)", bytes);
                rows.put(table.getKey(), bytes.toByteArray());
                statement.execute("drop table if exists floor_" + table.getKey());
                statement.execute("create table floor_%1$s (like %1$s including all)".formatted(table.getKey()));
            }
            connection.setAutoCommit(false);
            double took = seconds(() -> {
                for (var table : rows.entrySet()) {
                    copies.copyIn(
                            "copy floor_" + table.getKey() + " from stdin (format binary)",
                            new ByteArrayInputStream(table.getValue()));
                }
                connection.commit();
                return rows;
            });
            connection.setAutoCommit(true);
            return took;
        }
    }

    private static double seconds(Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        return (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void report(double acted, double copied, Histogram meanwhile, Histogram alone) {
        double p99 = (double) meanwhile.getValueAtPercentile(99) / alone.getValueAtPercentile(99);
        System.out.printf(
                Locale.ROOT,
                "removing a member with %,d API tokens: %.2f s; COPY of the same rows: %.2f s; %.1f times as long (%s)%n",
                tokens,
                acted,
                copied,
                acted / copied,
                acted / copied <= COPY_AT_MOST ? "met" : "missed");
        System.out.printf(
                Locale.ROOT,
                "other organizations' p99: %.2f ms meanwhile (%,d requests), %.2f ms without (%,d requests); %.1f times (%s)%n",
                meanwhile.getValueAtPercentile(99) / 1e6,
                meanwhile.getTotalCount(),
                alone.getValueAtPercentile(99) / 1e6,
                alone.getTotalCount(),
                p99,
                p99 <= P99_AT_MOST ? "met" : "missed");
    }
}
