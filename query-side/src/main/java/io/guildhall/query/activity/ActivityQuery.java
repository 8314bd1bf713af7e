package io.guildhall.query.activity;

import io.guildhall.query.activity.ActivityFilter.Condition;
import io.guildhall.query.activity.ActivityFilter.Facet;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * From a filter to SQL that costs the same in a trail of any length. One of the filter's conditions, or none, drives: it is a
 * range of an index in the order of the trail. The others are looked at row by row, and so at most for a bounded number of
 * rows: where that ends is where the next page goes on.
 */
final class ActivityQuery {

    /** How many rows are looked at for one page; fewer where each costs more. */
    private static final int ROWS = 10_000;

    private static final int ROWS_OF_SEVERAL_RANGES = 1_000;
    private static final int ROWS_WITH_NAMES = 2_000;

    /** The kinds of activity that the trail has, each found by one step in the index. */
    private static final String KINDS = """
            kinds (object_type, verb, event_type) as (
                (select object_type, verb, event_type from activities where trail = :trail
                 order by object_type, verb, event_type limit 1)
                union all
                select following.object_type, following.verb, following.event_type from kinds cross join lateral (
                    select a.object_type, a.verb, a.event_type from activities a
                    where a.trail = :trail
                      and (a.object_type, a.verb, a.event_type) > (kinds.object_type, kinds.verb, kinds.event_type)
                    order by a.object_type, a.verb, a.event_type limit 1) following)
            """;

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final List<String> kinds = new ArrayList<>();
    private final List<String> residue = new ArrayList<>();
    private final boolean oldestFirst;
    private final boolean named;
    private final @Nullable Condition driver;
    private int count;

    /**
     * @param filter whose actors are no e-mail addresses
     * @param from the first sequence number to look at
     * @param to the one after the last
     */
    ActivityQuery(UUID trail, ActivityFilter filter, Retention retention, boolean oldestFirst, long from, long to) {
        this.oldestFirst = oldestFirst;
        this.named = !filter.words().isEmpty() || !filter.notWords().isEmpty();
        parameters.put("trail", trail);
        parameters.put("plans", retention.plans());
        parameters.put("intervals", retention.intervals());
        parameters.put("from", from);
        parameters.put("to", to);
        List<Condition> left = new ArrayList<>(filter.conditions());
        driver = first(left, Facet.OBJECT, Facet.TOKEN, Facet.ACTOR);
        left.remove(driver);
        if (driver == null) {
            for (Condition kind : Stream.of(first(left, Facet.EVENT), first(left, Facet.TYPE), first(left, Facet.VERB))
                    .filter(it -> it != null)
                    .toList()) {
                left.remove(kind);
                kinds.add("kinds.%s = any(%s)".formatted(column(kind.facet()), texts(kind.values())));
            }
        }
        left.forEach(condition -> residue.add(test(condition)));
        if (!filter.created().isEmpty()) {
            residue.add(filter.created().stream().map(this::test).collect(Collectors.joining(" or ", "(", ")")));
        }
        filter.notCreated().forEach(span -> residue.add("not (" + test(span) + ")"));
        filter.words().forEach(word -> residue.add(says(word)));
        filter.notWords().forEach(word -> residue.add("not " + says(word)));
    }

    private static @Nullable Condition first(List<Condition> conditions, Facet... facets) {
        return Stream.of(facets)
                .flatMap(facet -> conditions.stream().filter(it -> it.facet() == facet && !it.negated()))
                .findFirst()
                .orElse(null);
    }

    /** Whether every row of the range that drives is wanted. */
    boolean isExact() {
        return residue.isEmpty();
    }

    /** Whether what is wanted depends on {@code object_name}. */
    boolean isNamed() {
        return named;
    }

    /** Says of a row of activities, as {@code a}, and its {@code object_name} whether it is wanted; empty when each is. */
    String where() {
        return residue.isEmpty() ? "" : " where " + String.join(" and ", residue);
    }

    /** Of {@link #rows(long)}, which are in this order. */
    String order() {
        return " order by a.place" + direction();
    }

    private String direction() {
        return oldestFirst ? "" : " desc";
    }

    /** How many rows of the range are looked at for one page of an inexact scan. */
    int rows() {
        int most = named ? ROWS_WITH_NAMES : ROWS;
        return isOneRange() ? most : Math.min(most, ROWS_OF_SEVERAL_RANGES);
    }

    private boolean isOneRange() {
        return kinds.isEmpty() && (driver == null || driver.values().size() == 1);
    }

    /** Goes in front of a statement with {@link #rows(long)} or {@link #last}. */
    String with() {
        String shown = "with recursive shown (first) as (" + Retention.FIRST_SHOWN + ")\n";
        return kinds.isEmpty() ? shown : shown + ", " + KINDS;
    }

    /** The first so many rows of the range, in order, for a from clause; with their {@code place}. */
    String rows(long most) {
        if (driver == null && kinds.isEmpty()) {
            return "(select *, sequence as place from activities" + range("") + ordered(most) + ") a";
        }
        // Fenced, so that the rows are fetched one by one as they are needed.
        return "(select one.*, found.sequence as place from (" + sequences(most) + ") found cross join lateral ("
                + "select * from activities where trail = :trail and sequence = found.sequence and drop_on = found.drop_on offset 0) one) a";
    }

    /** The sequence number of the last of those rows, if there are as many. */
    String last(long most) {
        return "select sequence from (%s) looked order by sequence%s limit 1 offset %d"
                .formatted(sequences(most), direction(), most - 1);
    }

    /** The sequence numbers of those rows, and the day on which they go, which says in what partition to look. */
    private String sequences(long most) {
        if (!kinds.isEmpty()) {
            return merged(
                    "(select object_type, verb, event_type from kinds where %s) wanted"
                            .formatted(String.join(" and ", kinds)),
                    " and object_type = wanted.object_type and verb = wanted.verb and event_type = wanted.event_type",
                    most);
        }
        if (driver == null) {
            return "select sequence, drop_on from activities" + range("") + ordered(most);
        }
        List<String> ranges = Stream.concat(
                        typesOf(driver).stream()
                                .map(type -> " and actor is null and actor_type = " + texts(List.of(type), "")),
                        Stream.of(idsOf(driver))
                                .filter(ids -> !ids.isEmpty())
                                .map(ids -> ids.size() == 1
                                        ? " and %s = %s".formatted(column(driver.facet()), ids(ids, ""))
                                        : ids(ids, "[]")))
                .toList();
        List<String> parts = ranges.stream()
                .map(range -> range.startsWith(" and")
                        ? "select sequence, drop_on from activities" + range(range) + ordered(most)
                        : merged(
                                "unnest(%s) wanted (id)".formatted(range),
                                " and %s = wanted.id".formatted(column(driver.facet())),
                                most))
                .toList();
        return switch (parts.size()) {
            case 0 -> "select sequence, drop_on from activities where false";
            case 1 -> parts.getFirst();
            default ->
                "select sequence, drop_on from ((" + String.join(") union all (", parts) + ")) each" + ordered(most);
        };
    }

    /** The first of several ranges together: none can have more than so many of them. */
    private String merged(String wanted, String range, long most) {
        return "select each.sequence, each.drop_on from %s cross join lateral (select sequence, drop_on from activities%s%s) each%s"
                .formatted(wanted, range(range), ordered(most), ordered(most));
    }

    private static String range(String more) {
        return " where trail = :trail and sequence >= greatest(:from, (select first from shown)) and sequence < :to"
                + more;
    }

    private String ordered(long most) {
        return " order by sequence" + direction() + " limit " + most;
    }

    private String test(Condition condition) {
        if (EnumSet.of(Facet.EVENT, Facet.VERB, Facet.TYPE).contains(condition.facet())) {
            return (condition.negated() ? "a.%s <> all(%s)" : "a.%s = any(%s)")
                    .formatted(column(condition.facet()), texts(condition.values()));
        }
        String has =
                "coalesce(a.%s = any(%s), false)".formatted(column(condition.facet()), ids(idsOf(condition), "[]"));
        if (condition.facet() == Facet.ACTOR) {
            has = "(%s or a.actor is null and a.actor_type = any(%s))".formatted(has, texts(typesOf(condition)));
        }
        return condition.negated() ? "not " + has : has;
    }

    private String test(Span span) {
        List<String> bounds = new ArrayList<>();
        if (span.since() != null) {
            bounds.add("a.occurred_at >= " + time(span.since()));
        }
        if (span.until() != null) {
            bounds.add("a.occurred_at < " + time(span.until()));
        }
        return bounds.isEmpty() ? "true" : String.join(" and ", bounds);
    }

    private String says(String word) {
        String name = ":" + parameter(word);
        return "strpos(lower(concat_ws(chr(10), a.event_type, a.verb, a.metadata ->> 'event', a.object_type, object_name)), lower(%s)) > 0"
                .formatted(name);
    }

    private static String column(Facet facet) {
        return switch (facet) {
            case ACTOR -> "actor";
            case EVENT -> "event_type";
            case VERB -> "verb";
            case TYPE -> "object_type";
            case OBJECT -> "object";
            case TOKEN -> "token";
        };
    }

    private static List<UUID> idsOf(Condition condition) {
        return condition.values().stream()
                .filter(value -> type(value) == null)
                .map(UUID::fromString)
                .toList();
    }

    private static List<String> typesOf(Condition condition) {
        return condition.values().stream()
                .map(ActivityQuery::type)
                .filter(type -> type != null)
                .map(String::valueOf)
                .toList();
    }

    private static @Nullable String type(String actor) {
        return switch (actor) {
            case "operator" -> Actor.OPERATOR;
            case "system" -> Actor.SYSTEM;
            default -> null;
        };
    }

    private String texts(List<String> values) {
        return texts(values, "[]");
    }

    private String texts(List<String> values, String array) {
        Object value = array.isEmpty() ? values.getFirst() : values.toArray(String[]::new);
        return "cast(:%s as text%s)".formatted(parameter(value), array);
    }

    private String ids(List<UUID> values, String array) {
        Object value = array.isEmpty()
                ? values.getFirst()
                : values.stream().map(UUID::toString).toArray(String[]::new);
        return "cast(:%s as uuid%s)".formatted(parameter(value), array);
    }

    private String time(Instant time) {
        return ":" + parameter(time.atOffset(ZoneOffset.UTC));
    }

    private String parameter(Object value) {
        String name = "p" + ++count;
        parameters.put(name, value);
        return name;
    }

    /** A statement made of this scan's parts. */
    JdbcClient.StatementSpec statement(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).params(parameters);
    }
}
