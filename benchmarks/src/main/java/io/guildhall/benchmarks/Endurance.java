package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Office;
import io.guildhall.benchmarks.Town.Person;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code benchmarks/run endurance}: what the service holds in memory while it is used for long, in all the ways that there are. Each
 * line is after a full collection, so that what is left of the heap is what is held.
 */
@Command(
        name = "endurance",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description =
                "Measures memory, threads, files and connections under a long mixed load, on a service of its own.")
final class Endurance implements Callable<Integer> {

    private static final long SEED = 7;
    private static final int GUESTS = 8;
    private static final int LINES = 10;
    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E]+)");
    private static final Pattern OTHER = Pattern.compile("jvm_memory_used_bytes\\{area=\"nonheap\"[^}]*} ([0-9.E]+)");
    private static final Pattern THREADS = Pattern.compile("jvm_threads_live_threads(?:\\{[^}]*})? ([0-9.E]+)");
    private static final Pattern CONNECTIONS = Pattern.compile("hikaricp_connections\\{[^}]*} ([0-9.E]+)");
    private static final double MB = 1e6;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--minutes", description = "How long it takes.")
    private double minutes = 20;

    @Option(names = "--callers", description = "How many call at the same time.")
    private int callers = 4;

    @Option(
            names = "--rate",
            description = "How often each of them does something, a second; later when the one before takes longer.")
    private double rate = 20;

    private final AtomicLong requests = new AtomicLong();

    /** Of the process at one moment, in bytes where it is memory. */
    private record Held(
            double heap, double other, long resident, long most, long threads, long files, long connections) {}

    @Override
    public Integer call() throws Exception {
        try (Service service = parent.service()) {
            long process = service.process();
            String operator = parent.operatorKey(service);
            try (var town = new Town(service.url(), operator, new Mailbox(service.home()));
                    HttpClient http = HttpClient.newHttpClient();
                    ExecutorService threads = Executors.newFixedThreadPool(callers)) {
                List<Office> offices = town.offices(town.people(callers));
                List<Person> guests = town.people(GUESTS * callers);
                HttpRequest metrics = HttpRequest.newBuilder(service.url().resolve("/actuator/prometheus"))
                        .header("Authorization", "Bearer " + operator)
                        .build();
                System.out.println(
                        "| minute | requests | heap MB | other memory of the JVM MB | resident MB | most resident MB"
                                + " | threads | open files | connections to the database |");
                System.out.println("| --: | --: | --: | --: | --: | --: | --: | --: | --: |");
                long begun = System.nanoTime();
                long end = begun + (long) (TimeUnit.MINUTES.toNanos(1) * minutes);
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < callers; i++) {
                    var caller = new Caller(town, offices.get(i), guests.subList(i * GUESTS, (i + 1) * GUESTS), i);
                    running.add(threads.submit(() -> caller.callUntil(end)));
                }
                for (int line = 1; line <= LINES; line++) {
                    long next = begun + (end - begun) * line / LINES;
                    TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                    print((next - begun) / 60e9, held(process, http, metrics));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
        }
        return 0;
    }

    private void print(double minute, Held held) {
        System.out.printf(
                Locale.ROOT,
                "| %.1f | %,d | %.1f | %.1f | %.0f | %.0f | %d | %d | %d |%n",
                minute,
                requests.get(),
                held.heap() / MB,
                held.other() / MB,
                held.resident() / MB,
                held.most() / MB,
                held.threads(),
                held.files(),
                held.connections());
    }

    private static Held held(long process, HttpClient http, HttpRequest request) throws Exception {
        Path proc = Path.of("/proc", Long.toString(process));
        String status = Files.readString(proc.resolve("status"));
        collect(process);
        String metrics =
                http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            return new Held(
                    sum(HEAP, metrics),
                    sum(OTHER, metrics),
                    kilobytes(status, "VmRSS"),
                    kilobytes(status, "VmHWM"),
                    (long) sum(THREADS, metrics),
                    files.count(),
                    (long) sum(CONNECTIONS, metrics));
        }
    }

    private static void collect(long process) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process),
                        "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("jcmd ended with " + exit);
        }
    }

    private static double sum(Pattern pattern, String metrics) throws IOException {
        Matcher found = pattern.matcher(metrics);
        double sum = 0;
        int count = 0;
        while (found.find()) {
            sum += Double.parseDouble(found.group(1));
            count++;
        }
        if (count == 0) {
            throw new IOException("There is no metric like " + pattern);
        }
        return sum;
    }

    private static long kilobytes(String status, String what) {
        return 1_024
                * status.lines()
                        .filter(line -> line.startsWith(what + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
    }

    /** Somebody with an organization, who does this and that in it: mostly reads, and whatever is made is ended again. */
    private final class Caller {

        private final Town town;
        private final Office office;
        private final List<Person> guests;
        private final Random random;

        Caller(Town town, Office office, List<Person> guests, int number) {
            this.town = town;
            this.office = office;
            this.guests = guests;
            this.random = new Random(SEED + number);
        }

        Void callUntil(long end) throws Exception {
            long pause = (long) (TimeUnit.SECONDS.toNanos(1) / rate);
            try (var client = new Client(town.service())) {
                long next = System.nanoTime();
                while (System.nanoTime() < end) {
                    something(client, random.nextInt(100));
                    next = Math.max(next + pause, System.nanoTime());
                    TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                }
            }
            return null;
        }

        private void something(Client client, int which) throws Exception {
            if (which < 45) {
                get(client, "/v1/account/organization");
            } else if (which < 57) {
                get(client, "/v1/organization_members");
            } else if (which < 69) {
                get(client, "/v1/activities?limit=20&offset=" + random.nextInt(100));
            } else if (which < 77) {
                get(
                        client,
                        "/v1/activities?limit=20&q=verb:created+"
                                + Long.toString(random.nextLong(), 36).replace("-", ""));
            } else if (which < 78) {
                get(client, "/v1/activities/export");
            } else if (which < 79) {
                get(client, "/v1/activities/checkpoint");
            } else if (which < 89) {
                token(client);
            } else if (which < 95) {
                guest(client);
            } else if (which < 98) {
                found(client);
            } else {
                town.people(1);
                requests.addAndGet(3);
            }
        }

        private void token(Client client) throws IOException {
            var made = client.post(
                            "/v1/credentials",
                            office.token(),
                            Map.of("name", "token", "type", "USER", "organization_id", office.organization()))
                    .path("credential");
            client.get("/v1/account/organization", made.path("token").asString());
            client.send(Connection.request(
                    "DELETE", "/v1/credentials/" + made.path("id").asString(), office.token(), null));
            requests.addAndGet(3);
        }

        private void guest(Client client) throws IOException {
            Person guest = guests.get(random.nextInt(guests.size()));
            Town.join(client, office, guest);
            for (var member : client.get("/v1/organization_members?limit=100", office.token())
                    .path("members")) {
                if (member.path("user_id").asString().equals(guest.user())) {
                    client.send(Connection.request(
                            "DELETE",
                            "/v1/organization_members/" + member.path("id").asString(),
                            office.token(),
                            null));
                }
            }
            requests.addAndGet(4);
        }

        private void found(Client client) throws IOException {
            client.post("/v1/organizations", office.owner().session(), Map.of("name", town.freshName()));
            requests.incrementAndGet();
        }

        private void get(Client client, String path) throws IOException {
            client.send(Connection.request("GET", path, office.token(), null));
            requests.incrementAndGet();
        }
    }
}
