package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Office;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code benchmarks/run streams}: what a command costs on a long stream, next to a short one in the same run: warm, and as the first
 * one after a start. The streams are those of organizations and of users. The history of the long streams is written to the table of
 * events directly.
 */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Compares commands on organizations and users with long and with short histories.")
final class LongStreams implements Callable<Integer> {

    private static final double WARM_AT_MOST = 1.5;
    private static final double FIRST_AT_MOST = 3;

    /** Appends the events of so many rounds to a stream, which is all of its trail. */
    private static final String HISTORY = """
            insert into events (
                event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail, trail_sequence)
            select gen_random_uuid(), o, last + (g - 1) * %1$d + n, '%2$s', type, '1', payload, '{}',
                   now(), o::uuid, last + (g - 1) * %1$d + n + 1
            from (select stream as o, max(sequence) as last from events where stream = ? group by stream) appended,
            generate_series(1, ?) g,
            lateral (select gen_random_uuid() as person, gen_random_uuid() as invitation, gen_random_uuid() as membership,
                gen_random_uuid() as token, gen_random_uuid() as session where g > 0) ids,
            lateral (values %3$s) fact (n, type, payload)
            """;

    private static final String NUMBER = """
            update trails set last = (select max(trail_sequence) from events where events.trail = trails.trail)
            where trail = ?::uuid
            """;

    /** Whose streams are compared. */
    private enum Kind {
        /** In each round a person is invited, joins, issues a token that is revoked, and is removed. */
        ORGANIZATIONS("Organization", 7, """
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
                    'reason', 'REVOKED')::text)"""),
        /** In each round the user signs in and out. */
        USERS("User", 2, """
                (1, 'session.started', json_build_object('user', o, 'session', session, 'tokenHash', session,
                    'cause', 'LOGIN', 'startedAt', '2020-01-01T00:00:00Z', 'expiresAt', '2020-01-02T00:00:00Z',
                    'signIn', session, 'signedInAt', '2020-01-01T00:00:00Z', 'signInEndsAt', '2020-01-02T00:00:00Z',
                    'authenticatedAt', '2020-01-01T00:00:00Z')::text),
                (2, 'session.ended', json_build_object('user', o, 'session', session, 'reason', 'LOGOUT')::text)""");

        private final int eventsOfRound;
        private final String history;

        Kind(String streamType, int eventsOfRound, String round) {
            this.eventsOfRound = eventsOfRound;
            this.history = HISTORY.formatted(eventsOfRound, streamType, round);
        }
    }

    /**
     * What a stream is about.
     *
     * @param path to change its name
     * @param bearer who may
     */
    private record Subject(String stream, String path, String bearer) {

        static Subject of(Kind kind, Office office) {
            return switch (kind) {
                case ORGANIZATIONS ->
                    new Subject(
                            office.organization(),
                            "/v1/organizations/" + office.organization() + "?update_mask=name",
                            office.token());
                case USERS ->
                    new Subject(
                            office.owner().user(),
                            "/v1/account/profile?update_mask=name",
                            office.owner().session());
            };
        }
    }

    /** Some with long and as many with short streams, and others to warm the service with. */
    private record Subjects(List<Subject> longs, List<Subject> shorts, List<Subject> warming) {

        static Subjects of(Kind kind, List<Office> offices) {
            int each = offices.size() / 3;
            List<Subject> all =
                    offices.stream().map(office -> Subject.of(kind, office)).toList();
            return new Subjects(all.subList(0, each), all.subList(each, 2 * each), all.subList(2 * each, all.size()));
        }
    }

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--events", description = "How long the long stream of an organization is.")
    private int events = 100_000;

    @Option(names = "--sessions", description = "How many past sessions a user with a long stream has.")
    private int sessions = 15_000;

    @Option(names = "--streams", description = "How many long and how many short ones there are of each kind.")
    private int streams = 5;

    @Option(names = "--commands", description = "How many are measured on each stream.")
    private int commands = 200;

    @Override
    public Integer call() throws Exception {
        try (Service service = parent.service()) {
            Database database = parent.database(service);
            Map<Kind, Subjects> subjects = new EnumMap<>(Kind.class);
            try (Town town = town(service);
                    var client = new Client(town.service())) {
                List<Office> offices = town.offices(town.people(3 * streams));
                for (Kind kind : Kind.values()) {
                    Subjects each = Subjects.of(kind, offices);
                    subjects.put(kind, each);
                    for (Subject subject : each.longs()) {
                        prolong(database, kind, subject);
                        // The first command reads the whole stream, once, and has a snapshot made.
                        rename(town, client, subject);
                    }
                }
                Thread.sleep(5_000);
                for (var each : subjects.entrySet()) {
                    warm(town, client, each.getKey(), each.getValue());
                }
            }
            service.restart();
            try (Town town = town(service);
                    var client = new Client(town.service())) {
                for (int i = 0; i < commands; i++) {
                    for (Subjects each : subjects.values()) {
                        for (Subject subject : each.warming()) {
                            rename(town, client, subject);
                        }
                    }
                }
                for (var each : subjects.entrySet()) {
                    first(town, client, each.getKey(), each.getValue());
                }
            }
        }
        return 0;
    }

    private Town town(Service service) throws Exception {
        return new Town(service.url(), parent.operatorKey(service), new Mailbox(service.home()));
    }

    /** How many events a long stream is prolonged by. */
    private int length(Kind kind) {
        return switch (kind) {
            case ORGANIZATIONS -> events / kind.eventsOfRound * kind.eventsOfRound;
            case USERS -> sessions * kind.eventsOfRound;
        };
    }

    private void prolong(Database database, Kind kind, Subject subject) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement history = connection.prepareStatement(kind.history);
                PreparedStatement number = connection.prepareStatement(NUMBER)) {
            history.setString(1, subject.stream());
            history.setInt(2, length(kind) / kind.eventsOfRound);
            history.executeUpdate();
            number.setString(1, subject.stream());
            number.executeUpdate();
        }
    }

    private void warm(Town town, Client client, Kind kind, Subjects subjects) throws Exception {
        var ofLong = new Histogram(3);
        var ofShort = new Histogram(3);
        for (int i = 0; i < commands; i++) {
            for (int n = 0; n < streams; n++) {
                long one = rename(town, client, subjects.longs().get(n));
                long other = rename(town, client, subjects.shorts().get(n));
                // The just-in-time compiler is not done before.
                if (i >= commands / 4) {
                    ofLong.recordValue(one);
                    ofShort.recordValue(other);
                }
            }
        }
        report(kind, "warm", ofLong, ofShort, WARM_AT_MOST);
    }

    private void first(Town town, Client client, Kind kind, Subjects subjects) throws Exception {
        var ofLong = new Histogram(3);
        var ofShort = new Histogram(3);
        for (int n = 0; n < streams; n++) {
            ofLong.recordValue(rename(town, client, subjects.longs().get(n)));
            ofShort.recordValue(rename(town, client, subjects.shorts().get(n)));
        }
        report(kind, "first after a start", ofLong, ofShort, FIRST_AT_MOST);
    }

    private static long rename(Town town, Client client, Subject subject) throws Exception {
        Map<String, String> change = Map.of("name", town.freshName());
        long sent = System.nanoTime();
        client.patch(subject.path(), subject.bearer(), change);
        return System.nanoTime() - sent;
    }

    private void report(Kind kind, String when, Histogram ofLong, Histogram ofShort, double atMost) {
        double ratio = (double) ofLong.getValueAtPercentile(50) / ofShort.getValueAtPercentile(50);
        List<String> shown = new ArrayList<>();
        for (Histogram each : List.of(ofLong, ofShort)) {
            shown.add(String.format(Locale.ROOT, "%.2f ms", each.getValueAtPercentile(50) / 1e6));
        }
        System.out.printf(
                Locale.ROOT,
                "%s, %s: p50 %s on streams of %,d events, %s on short ones: %.2f (%s)%n",
                kind.name().toLowerCase(Locale.ROOT),
                when,
                shown.getFirst(),
                length(kind),
                shown.getLast(),
                ratio,
                ratio <= atMost ? "met" : "missed");
    }
}
