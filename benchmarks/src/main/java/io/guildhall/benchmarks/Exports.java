package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Office;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code benchmarks/run export}: how fast a long trail is exported, in each format, next to reading the same rows by plain JDBC. Half
 * of the activities are invitations and half of them their end, each of somebody else.
 */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Measures exports of one long trail, one at a time.")
final class Exports implements Callable<Integer> {

    private static final List<String> FORMATS = List.of("ndjson", "csv", "cloudevents", "ocsf");
    private static final int FETCH = 4_096;
    private static final int BUFFER = 1 << 18;

    /** Events, activities and read models as the commands leave them; from the activity after the last one on. */
    private static final String FILL = """
            create temporary table made as
                select n, gen_random_uuid() as invitation, gen_random_uuid() as invited, gen_random_uuid() as revoked,
                       gen_random_uuid() as link, gen_random_uuid() as request,
                       now() + n * interval '1 millisecond' as occurred_at,
                       rpad(md5(n::text), 58, 'x') as sealed, rpad(md5(n::text), 43, 'x') as hash
                from generate_series(0, %3$d / 2 - 1) n;
            create temporary table ends as
                select count(*) as size from events where stream = '%1$s';
            insert into invitations (invitation, organization, email, email_hash, inviter, link, status, expires_at, created)
                select invitation, '%1$s', 'guest-' || n || '@example.org', hash, '%2$s', link, 'REVOKED', occurred_at, occurred_at from made;
            insert into events
                (event_id, stream, sequence, trail, trail_sequence, stream_type, event_type, payload, metadata, occurred_at)
                select each.event, '%1$s', size + 2 * n + each.place, '%1$s', size + 2 * n + each.place + 1, 'Organization',
                       each.type, each.payload,
                       '{"actor":"%2$s","request":"' || request || '","actorType":"USER"}', occurred_at
                from made cross join ends cross join lateral (values
                    (0, invited, 'member.invited',
                     '{"organization":"%1$s","invitation":"' || invitation || '","encryptedEmail":"' || sealed
                         || '","emailHash":"' || hash || '","inviter":"%2$s","link":"' || link
                         || '","expiresAt":"2099-01-01T00:00:00.123456Z"}'),
                    (1, revoked, 'invitation.revoked',
                     '{"organization":"%1$s","invitation":"' || invitation || '"}')) each (place, event, type, payload)
                order by n, each.place;
            insert into activities
                (trail, sequence, event, at, actor_type, actor, request, event_type, verb, object_type, object, metadata)
                select '%1$s', size + 2 * n + each.place + 1, each.event, occurred_at, 'user', '%2$s', request, each.type, each.verb,
                       'organization_invitation', invitation, '{}'
                from made cross join ends
                cross join lateral (values
                    (0, invited, 'member.invited', 'created'),
                    (1, revoked, 'invitation.revoked', 'deleted')) each (place, event, type, verb)
                order by n, each.place;
            update trails set last = (select max(sequence) from activities where trail = '%1$s') where trail = '%1$s';
            drop table made, ends;
            """;

    private static final String FLOOR = """
            select a.*, e.event_id, e.sequence, e.occurred_at, e.stream_type, e.event_type, e.event_version, e.metadata, e.payload
            from activities a join events e on e.trail = '%s' and e.trail_sequence = a.sequence
            where a.trail = '%s' order by a.sequence
            """;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--activities", description = "How long the trail is.")
    private int activities = 1_000_000;

    @Option(names = "--rounds", description = "How often each is measured; the median counts.")
    private int rounds = 3;

    private record Taken(long activities, long bytes, double seconds, Processors.Use used) {}

    @Override
    public Integer call() throws Exception {
        try (Service service = parent.service()) {
            Database database = parent.database(service);
            var mailbox = new Mailbox(service.home());
            try (var town = new Town(service.url(), parent.operatorKey(service), mailbox)) {
                System.err.println("Making the trail ...");
                Office office = town.offices(town.people(1)).getFirst();
                try (Connection connection = database.connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute(
                            FILL.formatted(office.organization(), office.owner().user(), activities));
                    statement.execute("vacuum (analyze, freeze) events");
                    statement.execute("vacuum (analyze, freeze) activities");
                    statement.execute("vacuum (analyze, freeze) invitations");
                }
                report(measure(service, database, office));
            }
        }
        return 0;
    }

    private Map<String, List<Taken>> measure(Service service, Database database, Office office) throws Exception {
        Processors processors = service.processors();
        Map<String, List<Taken>> all = new LinkedHashMap<>();
        long begun = System.nanoTime();
        Processors.Use before = processors.sofar();
        read(service.url(), "/v1/activities/checkpoint", office, false);
        all.put(
                "first checkpoint (hashing all of it)",
                List.of(new Taken(
                        activities, 0, since(begun), processors.sofar().since(before))));
        for (int round = 0; round < rounds; round++) {
            add(all, "plain JDBC, the same rows (a floor)", processors, () -> floor(database, office));
            for (String format : FORMATS) {
                String path = "/v1/activities/export?format=" + format;
                add(all, format, processors, () -> read(service.url(), path, office, false));
            }
            add(all, "ndjson, gzipped", processors, () -> read(service.url(), "/v1/activities/export", office, true));
        }
        return all;
    }

    private static void add(Map<String, List<Taken>> all, String name, Processors processors, Callable<long[]> work)
            throws Exception {
        Processors.Use before = processors.sofar();
        long begun = System.nanoTime();
        long[] read = work.call();
        var taken = new Taken(read[0], read[1], since(begun), processors.sofar().since(before));
        System.err.printf(Locale.ROOT, "%-40s %,10.0f activities/s%n", name, taken.activities() / taken.seconds());
        all.computeIfAbsent(name, it -> new ArrayList<>()).add(taken);
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Every column is made an object of, as any program would. */
    private static long[] floor(Database database, Office office) throws Exception {
        long rows = 0;
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                ResultSet row = statement.executeQuery(FLOOR.formatted(office.organization(), office.organization()));
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    for (int column = 1; column <= columns; column++) {
                        row.getObject(column);
                    }
                    rows++;
                }
            }
        }
        return new long[] {rows, 0};
    }

    /** Counts lines but looks no further; by HTTP/1.0, whose bodies have nothing else in them. */
    private static long[] read(URI service, String path, Office office, boolean gzip) throws IOException {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
                            .formatted(path, office.token(), gzip ? "Accept-Encoding: gzip\r\n" : "")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            String head = head(in);
            if (!head.startsWith("HTTP/1.1 200")) {
                throw new IOException(head);
            }
            InputStream body = gzip ? new GZIPInputStream(in, BUFFER) : in;
            long lines = 0;
            long bytes = 0;
            byte[] buffer = new byte[BUFFER];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                bytes += count;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        lines++;
                    }
                }
            }
            return new long[] {lines, bytes};
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("The service hung up: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static void report(Map<String, List<Taken>> all) {
        System.out.println("| what | activities/s | of the floor | bytes each | service µs | database µs | load µs |");
        System.out.println("| --- | --: | --: | --: | --: | --: | --: |");
        double floor = perSecond(median(all.getOrDefault("plain JDBC, the same rows (a floor)", List.of())));
        all.forEach((name, rounds) -> {
            Taken taken = median(rounds);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %.2f | %,d | %s | %s | %s |%n",
                    name,
                    perSecond(taken),
                    perSecond(taken) / floor,
                    taken.bytes() / taken.activities(),
                    micros(taken, taken.used().service()),
                    micros(taken, taken.used().database()),
                    micros(taken, taken.used().load()));
        });
    }

    private static double perSecond(Taken taken) {
        return taken.activities() / taken.seconds();
    }

    private static Taken median(List<Taken> rounds) {
        return rounds.stream()
                .sorted((one, other) -> Double.compare(perSecond(one), perSecond(other)))
                .toList()
                .get(rounds.size() / 2);
    }

    private static String micros(Taken taken, @Nullable Double seconds) {
        return seconds == null ? "" : String.format(Locale.ROOT, "%.1f", seconds * 1e6 / taken.activities());
    }
}
