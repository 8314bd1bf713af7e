package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Office;
import io.guildhall.benchmarks.Town.Person;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code benchmarks/run churn}: whether commands become slower with history. In each organization, people are invited, join, issue an
 * API token and are removed, again and again, without a pause. No organization ever has more than two members.
 */
@Command(
        name = "churn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description =
                "Compares the last quarter of a long load with the second one: people join organizations and are removed.")
final class Churn implements Callable<Integer> {

    private static final int QUARTERS = 4;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final double REQUESTS_AT_LEAST = 0.9;
    private static final double P99_AT_MOST = 1.2;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--minutes", description = "How long it takes.")
    private double minutes = 25;

    @Option(names = "--organizations", description = "How many there are, with a caller each.")
    private int organizations = 8;

    @Option(names = "--guests", description = "How many people come and go in each of them.")
    private int guests = 50;

    private long begun;
    private long end;

    @Override
    public Integer call() throws Exception {
        try (Service service = parent.service();
                var town = new Town(service.url(), parent.operatorKey(service), new Mailbox(service.home()));
                ExecutorService threads = Executors.newFixedThreadPool(organizations)) {
            List<Office> offices = town.offices(town.people(organizations));
            List<Person> people = town.people(organizations * guests);
            begun = System.nanoTime();
            end = begun + (long) (TimeUnit.MINUTES.toNanos(1) * minutes);
            List<Future<Histogram[]>> running = new ArrayList<>();
            for (int i = 0; i < organizations; i++) {
                Office office = offices.get(i);
                List<Person> own = people.subList(i * guests, (i + 1) * guests);
                running.add(threads.submit(() -> churn(town, office, own)));
            }
            Histogram[] all = histograms();
            for (Future<Histogram[]> one : running) {
                Histogram[] quarters = one.get();
                for (int quarter = 0; quarter < QUARTERS; quarter++) {
                    all[quarter].add(quarters[quarter]);
                }
            }
            report(all, events(parent.database(service)) / organizations);
        }
        return 0;
    }

    private static Histogram[] histograms() {
        Histogram[] quarters = new Histogram[QUARTERS];
        Arrays.setAll(quarters, quarter -> new Histogram(LONGEST_NANOS, 3));
        return quarters;
    }

    private Histogram[] churn(Town town, Office office, List<Person> people) throws Exception {
        Histogram[] quarters = histograms();
        try (var client = new Client(town.service())) {
            for (int next = 0; System.nanoTime() < end; next = (next + 1) % people.size()) {
                Person guest = people.get(next);
                String invitation = timed(quarters, () -> Town.invite(client, office, guest.email()));
                timed(quarters, () -> {
                    Town.accept(client, invitation, guest);
                    return invitation;
                });
                String session = timed(
                        quarters,
                        () -> client.post(
                                        "/v1/organizations/" + office.organization() + "/switch",
                                        guest.session(),
                                        Map.of())
                                .at("/token/id")
                                .asString());
                timed(
                        quarters,
                        () -> client.post(
                                "/v1/credentials",
                                session,
                                Map.of("name", "token", "type", "USER", "organization_id", office.organization())));
                String membership = timed(
                        quarters,
                        () -> client.get(
                                        "/v1/organization_members?user_id=%s&organization_id=%s"
                                                .formatted(guest.user(), office.organization()),
                                        session)
                                .at("/members/0/id")
                                .asString());
                timed(
                        quarters,
                        () -> client.send(Connection.request(
                                "DELETE", "/v1/organization_members/" + membership, office.token(), null)));
            }
        }
        return quarters;
    }

    private <R> R timed(Histogram[] quarters, Callable<R> request) throws Exception {
        long sent = System.nanoTime();
        R result = request.call();
        long now = System.nanoTime();
        int quarter = (int) ((now - begun) * QUARTERS / (end - begun));
        if (quarter < QUARTERS) {
            quarters[quarter].recordValue(Math.min(now - sent, LONGEST_NANOS));
        }
        return result;
    }

    private static long events(Database database) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from events where stream_type = 'Organization'")) {
            count.next();
            return count.getLong(1);
        }
    }

    private void report(Histogram[] quarters, long eventsEach) {
        double seconds = TimeUnit.MINUTES.toSeconds(1) * minutes / QUARTERS;
        System.out.println("| quarter | requests/s | p50 ms | p99 ms |");
        System.out.println("| --: | --: | --: | --: |");
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %,.0f | %.2f | %.2f |%n",
                    quarter + 1,
                    quarters[quarter].getTotalCount() / seconds,
                    millis(quarters[quarter], 50),
                    millis(quarters[quarter], 99));
        }
        double requests = (double) quarters[3].getTotalCount() / quarters[1].getTotalCount();
        double p99 = millis(quarters[3], 99) / millis(quarters[1], 99);
        System.out.printf(
                Locale.ROOT,
                "%n%,d events of each organization; last quarter to the second: %.2f of the requests/s (%s), %.2f of the p99 (%s)%n",
                eventsEach,
                requests,
                requests >= REQUESTS_AT_LEAST ? "met" : "missed",
                p99,
                p99 <= P99_AT_MOST ? "met" : "missed");
    }

    private static double millis(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
