package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Office;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/**
 * {@code benchmarks/run trail}: what a page costs in trails of different lengths. Only reading is measured, so the rows are made in the
 * read model by SQL, in the shapes and about the shares that commands leave them in.
 */
@Command(
        name = "trail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Measures pages of a short trail and of long ones, in turn.")
final class Trails implements Callable<Integer> {

    private static final double TARGET = 2;

    /** Whom and what the rows are about: so many are looked up by name for a page, as they would be. */
    private static final String CAST = """
            create temporary table cast_of as
                select array(select gen_random_uuid() from generate_series(1, 200)) as people,
                       array(select gen_random_uuid() from generate_series(1, 200)) as members,
                       array(select gen_random_uuid() from generate_series(1, 60)) as tokens,
                       array(select gen_random_uuid() from generate_series(1, 500)) as invitations;
            insert into users (user_id, name, email, email_hash, created, updated)
                select id, 'Person ' || n, id || '@example.org', md5(id::text), now(), now()
                from cast_of, unnest(people) with ordinality each (id, n);
            insert into members (membership, organization, user_id, joined, ended)
                select id, '%1$s', people[n], now(), now() from cast_of, unnest(members) with ordinality each (id, n);
            insert into tokens (token, organization, user_id, type, name, description, token_hash, created, updated)
                select id, '%1$s', people[n], 'USER', 'token-' || n, '', md5(id::text), now(), now()
                from cast_of, unnest(tokens) with ordinality each (id, n);
            insert into invitations (invitation, organization, email, email_hash, inviter, link, status, expires_at, created)
                select id, '%1$s', 'guest-' || n || '@example.org', md5(id::text), people[1 + n %% 200], gen_random_uuid(),
                       'REVOKED', now(), now()
                from cast_of, unnest(invitations) with ordinality each (id, n);
            """;

    /**
     * Two years of them, up to now. Nine in ten are done by people, some through tokens; five in all by an operator, and three by a
     * person who does nothing else, however long the trail is.
     */
    private static final String FILL = """
            update activities set at = now() - interval '2 years' where trail = '%1$s';
            insert into activities
                (trail, sequence, event, at, actor_type, actor, token, request, event_type, verb, object_type, object, metadata)
            select '%1$s', first.size + n, gen_random_uuid(), now() - interval '2 years' * (1 - n / %2$d.0),
                   case when rare then 'operator' when lone then 'user' when h %% 10 = 0 then 'system_user' else 'user' end,
                   case when rare then null when lone then '%3$s' when h %% 10 = 0 then null else people[1 + h %% 199] end,
                   case when not rare and not lone and h %% 10 > 6 then tokens[1 + h %% 60] end,
                   gen_random_uuid()::text,
                   case when rare then 'organization.locked' else
                        (array['invitation.resent', 'member.joined', 'token.issued', 'organization.plan_changed'])[1 + kind] end,
                   case when rare then 'locked' else (array['created', 'resent', 'deleted', 'accepted', 'joined', 'left', 'updated'])[
                        case kind when 0 then 1 + h / 64 %% 4 when 1 then 5 + h / 64 %% 2 when 2 then 1 + 2 * (h / 64 %% 2) else 7 end] end,
                   case when rare then 'organization' else
                        (array['organization_invitation', 'organization_member', 'credential', 'organization'])[1 + kind] end,
                   case when rare then '%1$s' else case kind when 0 then invitations[1 + h %% 500]
                        when 1 then members[1 + h %% 200] when 2 then tokens[1 + h %% 60] else '%1$s'::uuid end end,
                   case when not rare and kind = 3 then '{"event":"plan_updated","from":"hobby","to":"pro"}' else '{}' end::jsonb
            from cast_of
            cross join (select max(sequence) + 1 as size from activities where trail = '%1$s') first
            cross join (
                select n, h, n %% (%2$d / 5) = 7 as rare, n %% (%2$d / 3) = 11 as lone,
                       case when h / 8 %% 100 < 50 then 0 when h / 8 %% 100 < 75 then 1 when h / 8 %% 100 < 95 then 2 else 3 end as kind
                from (select n, abs(hashint8(n) / 2) as h from generate_series(0, %2$d - 1) n) hashed) made;
            drop table cast_of;
            """;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Benchmarks parent;

    @Option(names = "--activities", split = ",", paramLabel = "<n>", description = "How long the trails are.")
    private List<Integer> lengths = List.of(10_000, 1_000_000, 10_000_000);

    @Option(names = "--requests", description = "How often each page of each trail is read.")
    private int requests = 500;

    /** A trail and what is asked of it. */
    private record Trail(int length, Office office, String lone, String person, String token, String member) {}

    private record Page(String name, List<String> paths) {}

    @Override
    public Integer call() throws Exception {
        try (Service service = parent.service()) {
            Database database = parent.database(service);
            try (var town = new Town(service.url(), parent.operatorKey(service), new Mailbox(service.home()));
                    var client = new Client(service.url())) {
                List<Trail> trails = new ArrayList<>();
                List<Town.Person> people = town.people(lengths.size());
                for (int i = 0; i < lengths.size(); i++) {
                    System.err.printf(Locale.ROOT, "Making a trail of %,d ...%n", lengths.get(i));
                    trails.add(made(
                            database,
                            lengths.get(i),
                            town.offices(List.of(people.get(i))).getFirst()));
                }
                database.execute("vacuum (analyze, freeze) activities");
                database.execute("analyze");
                report(measure(client, trails));
            }
        }
        return 0;
    }

    /** Indexes are made afterwards, which takes a third of the time. */
    private static Trail made(Database database, int length, Office office) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Map<String, String> indexes = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery("select indexname, indexdef from pg_indexes"
                    + " where tablename = 'activities_kept' and indexname not like '%pkey%'")) {
                while (row.next()) {
                    indexes.put(row.getString(1), row.getString(2));
                }
            }
            for (String index : indexes.keySet()) {
                statement.execute("drop index " + index);
            }
            String organization = office.organization();
            statement.execute("set maintenance_work_mem = '1GB'");
            statement.execute(CAST.formatted(organization));
            String lone = one(statement, "select people[200] from cast_of");
            String person = one(statement, "select people[5] from cast_of");
            String token = one(statement, "select tokens[8] from cast_of");
            String member = one(statement, "select members[5] from cast_of");
            statement.execute(FILL.formatted(organization, length, lone));
            for (String index : indexes.values()) {
                statement.execute(index);
            }
            return new Trail(length, office, lone, person, token, member);
        }
    }

    private static String one(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<Page> pages(Client client, Trail trail) throws Exception {
        String all = "/v1/activities?limit=20";
        List<String> deep = new ArrayList<>();
        for (int part = 1; part <= 20; part++) {
            JsonNode page = client.get(
                    all + "&offset=" + (long) trail.length() * part / 21,
                    trail.office().token());
            deep.add(all + "&cursor=" + page.get("next_cursor").stringValue());
        }
        String nobody = "00000000-0000-4000-8000-000000000000";
        return List.of(
                new Page("newest", List.of(all)),
                new Page("oldest first", List.of(all + "&order=asc")),
                new Page("by cursor, at 20 depths", deep),
                new Page("actor", List.of(all + "&actor=" + trail.person())),
                new Page("actor, three activities in all", List.of(all + "&actor=" + trail.lone())),
                new Page("actor, none", List.of(all + "&actor=" + nobody)),
                new Page("actor=system", List.of(all + "&actor=system")),
                new Page("verb", List.of(all + "&verb=joined")),
                new Page("verb, five activities in all", List.of(all + "&verb=locked")),
                new Page("verb, none", List.of(all + "&verb=unheard")),
                new Page("types", List.of(all + "&types=credential")),
                new Page("object", List.of(all + "&object=" + trail.member())),
                new Page("object, none", List.of(all + "&object=" + nobody)),
                new Page("token", List.of(all + "&token=" + trail.token())),
                new Page("token, none", List.of(all + "&token=" + nobody)),
                new Page("since", List.of(all + "&order=asc&since=" + day(trail, 300))),
                new Page("until", List.of(all + "&until=" + day(trail, 300))),
                new Page("a day a year ago", List.of(all + "&since=" + day(trail, 365) + "&until=" + day(trail, 364))),
                new Page("after the end", List.of(all + "&since=2999-01-01")),
                new Page("word, frequent", List.of(all + "&q=credential")),
                new Page("words, none", List.of(all + "&q=%22unheard%20of%22")));
    }

    private static String day(Trail trail, int daysAgo) {
        return java.time.LocalDate.now(java.time.ZoneOffset.UTC)
                .minusDays(daysAgo)
                .toString();
    }

    /** One request to each trail in turn, so that what else happens on the machine happens to all of them. */
    private Map<String, List<Histogram>> measure(Client client, List<Trail> trails) throws Exception {
        System.err.println("Reading ...");
        Map<String, List<Histogram>> all = new LinkedHashMap<>();
        List<List<Page>> pages = new ArrayList<>();
        for (Trail trail : trails) {
            pages.add(pages(client, trail));
        }
        for (int page = 0; page < pages.getFirst().size(); page++) {
            List<Histogram> histograms = new ArrayList<>();
            trails.forEach(trail -> histograms.add(new Histogram(60_000_000_000L, 3)));
            for (int i = -requests / 5; i < requests; i++) {
                for (int of = 0; of < trails.size(); of++) {
                    List<String> paths = pages.get(of).get(page).paths();
                    byte[] request = io.guildhall.benchmarks.Connection.request(
                            "GET",
                            paths.get(Math.floorMod(i, paths.size())),
                            trails.get(of).office().token(),
                            null);
                    long sent = System.nanoTime();
                    client.send(request);
                    if (i >= 0) {
                        histograms.get(of).recordValue(System.nanoTime() - sent);
                    }
                }
            }
            String name = pages.getFirst().get(page).name();
            System.err.printf(
                    Locale.ROOT,
                    "%-32s p99 %s ms%n",
                    name,
                    histograms.stream().map(it -> millis(it, 99)).toList());
            all.put(name, histograms);
        }
        return all;
    }

    private static String millis(Histogram histogram, double percentile) {
        return String.format(Locale.ROOT, "%.2f", histogram.getValueAtPercentile(percentile) / 1e6);
    }

    private void report(Map<String, List<Histogram>> all) {
        var head = new StringBuilder("| page |");
        var line = new StringBuilder("| --- |");
        for (String percentile : List.of("p50", "p99")) {
            for (int length : lengths) {
                head.append(String.format(Locale.ROOT, " %s ms of %,d |", percentile, length));
                line.append(" --: |");
            }
        }
        System.out.println(head.append(" p99, longest to shortest | target |"));
        System.out.println(line.append(" --: | --- |"));
        all.forEach((name, histograms) -> {
            var row = new StringBuilder("| " + name + " |");
            for (double percentile : new double[] {50, 99}) {
                histograms.forEach(
                        it -> row.append(" ").append(millis(it, percentile)).append(" |"));
            }
            double ratio = (double) histograms.getLast().getValueAtPercentile(99)
                    / histograms.getFirst().getValueAtPercentile(99);
            System.out.println(
                    row.append(String.format(Locale.ROOT, " %.2f | %s |", ratio, ratio <= TARGET ? "met" : "missed")));
        });
    }
}
