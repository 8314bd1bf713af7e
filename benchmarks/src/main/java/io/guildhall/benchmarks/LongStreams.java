package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Office;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code benchmarks/run streams}: what a command costs on a long stream, next to a short one in the same run: warm, and as the first
 * one after a start. The history of the long streams is written to the table of events directly.
 */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Compares commands on organizations with long and with short histories.")
final class LongStreams implements Callable<Integer> {

    private static final double WARM_AT_MOST = 1.5;
    private static final double FIRST_AT_MOST = 3;
    private static final int EVENTS_PER_GUEST = 7;

    /** A person who is invited, joins, issues a token that is revoked, and is removed. */
    private static final String HISTORY = """
            insert into events (event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at)
            select gen_random_uuid(), o, ?::bigint + (g - 1) * %d + n, 'Organization', type, '1', payload, '{}', now()
            from (select ?::text as o) organization, generate_series(1, ?::int) g,
            lateral (select gen_random_uuid() as person, gen_random_uuid() as invitation, gen_random_uuid() as membership,
                gen_random_uuid() as token where g > 0) ids,
            lateral (values
                (1, 'member.invited', json_build_object('organization', o, 'invitation', invitation,
                    'encryptedEmail', 'x', 'emailHash', person, 'inviter', null, 'link', gen_random_uuid(),
                    'expiresAt', '2020-01-01T00:00:00Z')::text),
                (2, 'invitation.accepted',
                    json_build_object('organization', o, 'invitation', invitation, 'user', person)::text),
                (3, 'member.joined',
                    json_build_object('organization', o, 'membership', membership, 'user', person)::text),
                (4, 'token.issued', json_build_object('organization', o, 'token', token, 'user', person,
                    'type', 'USER', 'name', 'deploy', 'description', '', 'tokenHash', 'x')::text),
                (5, 'member.removed',
                    json_build_object('organization', o, 'membership', membership, 'user', person)::text),
                (6, 'token.deactivated', json_build_object('organization', o, 'token', token, 'user', person,
                    'reason', 'MEMBERSHIP_ENDED')::text),
                (7, 'token.revoked', json_build_object('organization', o, 'token', token, 'user', person,
                    'reason', 'REVOKED')::text)) fact (n, type, payload)
            """.formatted(EVENTS_PER_GUEST);

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--events", description = "How long a long stream is.")
    private int events = 100_000;

    @Option(names = "--organizations", description = "How many there are of each kind.")
    private int organizations = 5;

    @Option(names = "--commands", description = "How many are measured in each organization.")
    private int commands = 200;

    @Override
    public Integer call() throws Exception {
        try (Service service = parent.service()) {
            Database database = parent.database(service);
            List<Office> longs;
            List<Office> shorts;
            List<Office> warming;
            try (Town town = town(service)) {
                var owners = town.people(3 * organizations);
                List<Office> offices = town.offices(owners);
                longs = offices.subList(0, organizations);
                shorts = offices.subList(organizations, 2 * organizations);
                warming = offices.subList(2 * organizations, offices.size());
                for (Office office : longs) {
                    prolong(database, office);
                }
                try (var client = new Client(town.service())) {
                    // The first command reads the whole stream, once, and has a snapshot made.
                    for (Office office : longs) {
                        rename(town, client, office);
                    }
                    Thread.sleep(5_000);
                    warm(town, client, longs, shorts);
                }
            }
            service.restart();
            try (Town town = town(service);
                    var client = new Client(town.service())) {
                for (int i = 0; i < commands; i++) {
                    for (Office office : warming) {
                        rename(town, client, office);
                    }
                }
                first(town, client, longs, shorts);
            }
        }
        return 0;
    }

    private Town town(Service service) throws Exception {
        return new Town(service.url(), parent.operatorKey(service), new Mailbox(service.home()));
    }

    private void prolong(Database database, Office office) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement last =
                        connection.prepareStatement("select max(sequence) from events where stream = ?");
                PreparedStatement history = connection.prepareStatement(HISTORY)) {
            last.setString(1, office.organization());
            long sequence;
            try (var row = last.executeQuery()) {
                row.next();
                sequence = row.getLong(1);
            }
            history.setLong(1, sequence);
            history.setString(2, office.organization());
            history.setInt(3, events / EVENTS_PER_GUEST);
            history.executeUpdate();
        }
    }

    private void warm(Town town, Client client, List<Office> longs, List<Office> shorts) throws Exception {
        var ofLong = new Histogram(3);
        var ofShort = new Histogram(3);
        for (int i = 0; i < commands; i++) {
            for (int n = 0; n < organizations; n++) {
                long one = rename(town, client, longs.get(n));
                long other = rename(town, client, shorts.get(n));
                // The just-in-time compiler is not done before.
                if (i >= commands / 4) {
                    ofLong.recordValue(one);
                    ofShort.recordValue(other);
                }
            }
        }
        report("warm", ofLong, ofShort, WARM_AT_MOST);
    }

    private void first(Town town, Client client, List<Office> longs, List<Office> shorts) throws Exception {
        var ofLong = new Histogram(3);
        var ofShort = new Histogram(3);
        for (int n = 0; n < organizations; n++) {
            ofLong.recordValue(rename(town, client, longs.get(n)));
            ofShort.recordValue(rename(town, client, shorts.get(n)));
        }
        report("first after a start", ofLong, ofShort, FIRST_AT_MOST);
    }

    private static long rename(Town town, Client client, Office office) throws Exception {
        Map<String, String> change = Map.of("name", town.freshName());
        String path = "/v1/organizations/" + UUID.fromString(office.organization()) + "?update_mask=name";
        long sent = System.nanoTime();
        client.patch(path, office.token(), change);
        return System.nanoTime() - sent;
    }

    private void report(String when, Histogram ofLong, Histogram ofShort, double atMost) {
        double ratio = (double) ofLong.getValueAtPercentile(50) / ofShort.getValueAtPercentile(50);
        List<String> shown = new ArrayList<>();
        for (Histogram each : List.of(ofLong, ofShort)) {
            shown.add(String.format(Locale.ROOT, "%.2f ms", each.getValueAtPercentile(50) / 1e6));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %s on streams of %,d events, %s on short ones: %.2f (%s)%n",
                when,
                shown.getFirst(),
                events,
                shown.getLast(),
                ratio,
                ratio <= atMost ? "met" : "missed");
    }
}
