package io.guildhall.query.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import io.guildhall.query.activity.ActivityFilter.Condition;
import io.guildhall.query.activity.ActivityFilter.Facet;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The search of a trail finds what a full scan finds, and reads few rows. */
class TrailSearchTest {

    /**
     * A trail of n activities of about 20 kinds by five users, the system and an operator; every seventh with a token.
     */
    private static final String GENERATE = """
            insert into activities
                (trail, sequence, event, occurred_at, actor_type, actor, token, request, event_type, verb, object_type, object, metadata)
            select cast(:trail as uuid), n, gen_random_uuid(),
                   timestamptz '2026-01-01 00:00:00Z' + n * interval '2 seconds' - n %% 3 * interval '3 seconds',
                   case when n %% 11 = 0 then 'operator' when n %% 13 = 0 then 'system_user' else 'user' end,
                   case when n %% 11 = 0 or n %% 13 = 0 then null
                        else cast(md5(:trail || 'actor' || (n * 7 / 5) %% 5) as uuid) end,
                   case when n %% 7 = 0 then cast(md5(:trail || 'token' || n %% 2) as uuid) end,
                   'r-' || n,
                   (array['token.issued', 'member.joined', 'invitation.resent'])[1 + n / 7 %% 3],
                   case when n = 5 then 'founded' else (array['created', 'updated', 'deleted', 'resent'])[1 + n / 3 %% 4] end,
                   (array['credential', 'organization_member', 'organization_invitation', 'user', 'app'])[1 + n %% 5],
                   cast(md5(:trail || 'object' || n / 4) as uuid),
                   case when n %% 2 = 0 then jsonb '{"event": "renamed"}' else jsonb '{}' end
            from generate_series(1, :count) n
            """.replace("%%", "%");

    private static final int ACTIVITIES = 400;

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final UUID trail = UUID.randomUUID();
    private final Random random = new Random(20261123);
    private List<Row> rows;

    private record Row(
            long sequence,
            Instant at,
            String actorType,
            UUID actor,
            UUID token,
            String verb,
            String type,
            UUID object,
            String detail,
            String event) {}

    @BeforeEach
    void generate() {
        generate(trail, ACTIVITIES);
        rows = models.sql()
                .sql(
                        "select sequence, occurred_at, actor_type, actor, token, verb, object_type, object, metadata ->> 'event', event_type"
                                + " from activities where trail = ? order by sequence")
                .param(trail)
                .query((row, n) -> new Row(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getObject(4, UUID.class),
                        row.getObject(5, UUID.class),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, UUID.class),
                        row.getString(9),
                        row.getString(10)))
                .list();
    }

    private void generate(UUID into, int count) {
        models.sql()
                .sql(GENERATE)
                .param("trail", into.toString())
                .param("count", count)
                .update();
    }

    @Test
    void findsWhatALookAtEveryActivityWouldFindInEveryOrderAndPageSize() {
        for (int round = 0; round < 300; round++) {
            ActivityFilter filter = anyFilter();
            boolean oldestFirst = random.nextBoolean();
            List<Long> expected = new ArrayList<>(
                    rows.stream().filter(naive(filter)).map(Row::sequence).toList());
            if (!oldestFirst) {
                expected = expected.reversed();
            }

            assertThat(walk(filter, oldestFirst, 1 + random.nextInt(100)))
                    .as("%s, oldest first %s", filter, oldestFirst)
                    .isEqualTo(expected);
        }
    }

    @Test
    void skipsAnOffset() {
        for (int round = 0; round < 60; round++) {
            ActivityFilter filter = round % 3 == 0 ? ActivityFilter.everything() : anyFilter();
            boolean oldestFirst = random.nextBoolean();
            int offset = random.nextInt(30);
            List<Long> whole = walk(filter, oldestFirst, 100);

            assertThat(sequences(page(filter, oldestFirst, null, 10, offset)))
                    .as("%s from %d, oldest first %s", filter, offset, oldestFirst)
                    .isEqualTo(whole.stream().skip(offset).limit(10).toList());
        }
    }

    @Test
    void neitherRepeatsNorLosesAnythingWhileMoreIsAdded() {
        Story story = new Story(models);
        UUID ada = story.person("Ada");
        UUID acme = story.organization("acme", ada);
        List<Long> seen = new ArrayList<>();
        Long beyond = null;
        do {
            ActivityPage page = models.ask(
                    new ListActivities(acme, ActivityFilter.everything(), false, beyond, 1, 0), ActivityPage.class);
            seen.addAll(sequences(page));
            beyond = page.next();
            models.happened(Story.by(ada), new PlanChanged(acme, "hobby", "pro"));
        } while (beyond != null);

        assertThat(seen).containsExactly(2L, 1L);
    }

    @Test
    void findsPeopleByAddressAndThingsByName() {
        Story story = new Story(models);
        UUID ada = story.person("Ada");
        UUID bob = story.person("Bob");
        UUID acme = story.organization("acme", ada);
        story.membership(acme, bob);

        assertThat(verbs(acme, conditions(new Condition(Facet.ACTOR, List.of(Story.emailOf("Bob")), false))))
                .containsExactly("joined");
        assertThat(verbs(acme, conditions(new Condition(Facet.ACTOR, List.of(Story.emailOf("Bob")), true))))
                .containsExactly("joined", "created");
        assertThat(verbs(acme, conditions(new Condition(Facet.ACTOR, List.of("nobody@example.org"), false))))
                .isEmpty();
        assertThat(verbs(acme, conditions(new Condition(Facet.ACTOR, List.of("nobody@example.org"), true))))
                .hasSize(3);
        assertThat(verbs(acme, words("ACME"))).containsExactly("created");
        assertThat(verbs(acme, words("bob"))).containsExactly("joined");
        assertThat(verbs(acme, words("organization_member", "ada"))).containsExactly("joined");
    }

    @Test
    void touchesAsFewRowsOfALongTrailAsOfAShortOne() {
        UUID longTrail = UUID.randomUUID();
        generate(longTrail, 60_000);
        models.sql().sql("analyze activities").update();
        for (ActivityFilter filter : singleFilters(longTrail)) {
            for (boolean oldestFirst : new boolean[] {true, false}) {
                for (Long beyond : new Long[] {null, 30_000L}) {
                    assertThat(rowsTouched(new ListActivities(longTrail, filter, oldestFirst, beyond, 20, 0)))
                            .as("%s beyond %s, oldest first %s", filter, beyond, oldestFirst)
                            .isLessThan(2_000);
                }
            }
        }
        assertThat(rowsTouched(new ListActivities(longTrail, ActivityFilter.everything(), false, null, 20, 50_000)))
                .isLessThan(500);
    }

    /** Each filter alone, and some without results. */
    private List<ActivityFilter> singleFilters(UUID of) {
        List<ActivityFilter> filters = new ArrayList<>();
        filters.add(ActivityFilter.everything());
        for (String value : List.of("actor1", "actor9")) {
            filters.add(
                    conditions(new Condition(Facet.ACTOR, List.of(md5(of, value).toString()), false)));
        }
        filters.add(conditions(new Condition(Facet.ACTOR, List.of("system"), false)));
        filters.add(conditions(new Condition(
                Facet.ACTOR,
                List.of(
                        "operator",
                        md5(of, "actor1").toString(),
                        md5(of, "actor2").toString()),
                false)));
        for (String value : List.of("created", "founded", "nothing")) {
            filters.add(conditions(new Condition(Facet.VERB, List.of(value), false)));
        }
        for (String value : List.of("app", "nothing")) {
            filters.add(conditions(new Condition(Facet.TYPE, List.of(value), false)));
        }
        filters.add(conditions(
                new Condition(Facet.TYPE, List.of("app", "user"), false),
                new Condition(Facet.VERB, List.of("resent"), false)));
        for (String value : List.of("object77", "object")) {
            filters.add(conditions(
                    new Condition(Facet.OBJECT, List.of(md5(of, value).toString()), false)));
        }
        for (String value : List.of("token0", "token")) {
            filters.add(
                    conditions(new Condition(Facet.TOKEN, List.of(md5(of, value).toString()), false)));
        }
        Instant early = Instant.parse("2026-01-01T15:00:00Z");
        filters.add(created(new Span(early, early.plusSeconds(7_200))));
        filters.add(created(new Span(early.plusSeconds(999_999_999), null)));
        filters.add(created(new Span(null, early.minusSeconds(999_999_999))));
        return filters;
    }

    /** Rows read of the table and its indexes. A sequential scan counts as the maximum. */
    private long rowsTouched(ListActivities query) {
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(models.bean(DataSource.class)));
        Long touched = transactions.execute(status -> {
            // The connection's counters may still include earlier transactions.
            long before = counters();
            models.ask(query, ActivityPage.class);
            return counters() - before;
        });
        return touched == null ? Long.MAX_VALUE : touched;
    }

    private long counters() {
        return models.sql().sql("""
                        select (select sum(pg_stat_get_xact_tuples_returned(i.indexrelid))
                                from pg_index i where i.indrelid = 'activities_kept'::regclass)
                               + t.idx_tup_fetch + t.seq_scan * 1000000
                        from pg_stat_xact_user_tables t where t.relname = 'activities_kept'
                        """).query(Long.class).single();
    }

    private List<Long> walk(ActivityFilter filter, boolean oldestFirst, int limit) {
        List<Long> seen = new ArrayList<>();
        Long beyond = null;
        do {
            ActivityPage page = page(filter, oldestFirst, beyond, limit, 0);
            seen.addAll(sequences(page));
            beyond = page.next();
        } while (beyond != null);
        return seen;
    }

    private ActivityPage page(ActivityFilter filter, boolean oldestFirst, Long beyond, int limit, int offset) {
        return models.ask(new ListActivities(trail, filter, oldestFirst, beyond, limit, offset), ActivityPage.class);
    }

    private static List<Long> sequences(ActivityPage page) {
        return page.activities().stream().map(ActivityView::sequence).toList();
    }

    private List<String> verbs(UUID of, ActivityFilter filter) {
        return models.ask(new ListActivities(of, filter, false, null, 20, 0), ActivityPage.class).activities().stream()
                .map(ActivityView::verb)
                .toList();
    }

    private static ActivityFilter conditions(Condition... conditions) {
        return new ActivityFilter(List.of(conditions), List.of(), List.of(), List.of(), List.of());
    }

    private static ActivityFilter created(Span... spans) {
        return new ActivityFilter(List.of(), List.of(spans), List.of(), List.of(), List.of());
    }

    private static ActivityFilter words(String... words) {
        return new ActivityFilter(List.of(), List.of(), List.of(), List.of(words), List.of());
    }

    private ActivityFilter anyFilter() {
        List<Condition> conditions = new ArrayList<>();
        Map<Facet, List<String>> values = Map.of(
                Facet.ACTOR,
                List.of(
                        "operator",
                        "system",
                        md5(trail, "actor0").toString(),
                        md5(trail, "actor1").toString(),
                        md5(trail, "actor9").toString()),
                Facet.EVENT,
                List.of("token.issued", "invitation.resent", "nothing.done"),
                Facet.VERB,
                List.of("created", "updated", "founded", "nothing"),
                Facet.TYPE,
                List.of("app", "user", "credential", "nothing"),
                Facet.OBJECT,
                List.of(md5(trail, "object7").toString(), md5(trail, "object50").toString()),
                Facet.TOKEN,
                List.of(md5(trail, "token0").toString(), md5(trail, "token1").toString()));
        values.forEach((facet, all) -> {
            if (random.nextInt(4) == 0) {
                conditions.add(new Condition(facet, some(all), random.nextBoolean()));
            }
        });
        return new ActivityFilter(
                conditions,
                random.nextInt(4) == 0 ? List.of(anySpan()) : List.of(),
                random.nextInt(6) == 0 ? List.of(anySpan(), anySpan()) : List.of(),
                random.nextInt(6) == 0 ? some(List.of("REName", "app", "e")) : List.of(),
                random.nextInt(6) == 0 ? some(List.of("delet", "organization")) : List.of());
    }

    private <T> List<T> some(List<T> all) {
        List<T> some = new ArrayList<>(all);
        some.removeIf(it -> random.nextBoolean());
        return some.isEmpty() ? List.of(all.getFirst()) : some;
    }

    private Span anySpan() {
        Instant since = rows.get(random.nextInt(rows.size())).at();
        return switch (random.nextInt(3)) {
            case 0 -> new Span(since, null);
            case 1 -> new Span(null, since);
            default -> new Span(since, since.plusSeconds(2L * random.nextInt(200)));
        };
    }

    private static Predicate<Row> naive(ActivityFilter filter) {
        return row -> filter.conditions().stream().allMatch(it -> has(row, it) != it.negated())
                && (filter.created().isEmpty() || filter.created().stream().anyMatch(it -> contains(it, row.at())))
                && filter.notCreated().stream().noneMatch(it -> contains(it, row.at()))
                && filter.words().stream().allMatch(it -> says(row, it))
                && filter.notWords().stream().noneMatch(it -> says(row, it));
    }

    private static boolean has(Row row, Condition condition) {
        String value = switch (condition.facet()) {
            case ACTOR ->
                switch (row.actorType()) {
                    case "operator" -> "operator";
                    case "system_user" -> "system";
                    default -> String.valueOf(row.actor());
                };
            case EVENT -> row.event();
            case VERB -> row.verb();
            case TYPE -> row.type();
            case OBJECT -> String.valueOf(row.object());
            case TOKEN -> String.valueOf(row.token());
        };
        return condition.values().contains(value);
    }

    private static boolean contains(Span span, Instant at) {
        return (span.since() == null || !at.isBefore(span.since()))
                && (span.until() == null || at.isBefore(span.until()));
    }

    private static boolean says(Row row, String word) {
        return (row.event() + "\n" + row.verb() + "\n" + (row.detail() == null ? "" : row.detail()) + "\n" + row.type())
                .toLowerCase(Locale.ROOT)
                .contains(word.toLowerCase(Locale.ROOT));
    }

    private UUID md5(UUID of, String value) {
        return models.sql()
                .sql("select cast(md5(? || ?) as uuid)")
                .params(of.toString(), value)
                .query(UUID.class)
                .single();
    }
}
