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
 * Translates a filter to SQL whose cost does not depend on the trail's length. At most one condition selects an index
 * range in trail order. The other conditions are checked row by row, for a limited number of rows; the next page
 * continues after the last of them.
 */
final class ActivityQuery {

    /** Rows examined per page; fewer where each costs more. */
    private static final int MAX_ROWS = 10_000;

    private static final int MAX_ROWS_OF_SEVERAL_RANGES = 1_000;
    private static final int MAX_ROWS_WITH_NAMES = 2_000;

    /** The distinct types, verbs and events of the trail, found by skipping through the index. */
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
    private final List<String> rowFilters = new ArrayList<>();
    private final boolean oldestFirst;
    private final boolean named;
    private final @Nullable Condition indexCondition;
    private int count;

    /**
     * @param filter with e-mail addresses already replaced by user ids
     * @param from the first sequence number, inclusive
     * @param to the last sequence number, exclusive
     */
    ActivityQuery(UUID trail, ActivityFilter filter, Retention retention, boolean oldestFirst, long from, long to) {
        this.oldestFirst = oldestFirst;
        this.named = !filter.words().isEmpty() || !filter.notWords().isEmpty();
        parameters.put("trail", trail);
        parameters.put("plans", retention.plans());
        parameters.put("intervals", retention.intervals());
        parameters.put("from", from);
        parameters.put("to", to);
        List<Condition> remaining = new ArrayList<>(filter.conditions());
        indexCondition = first(remaining, Facet.OBJECT, Facet.TOKEN, Facet.ACTOR);
        remaining.remove(indexCondition);
        if (indexCondition == null) {
            for (Condition kind : Stream.of(
                            first(remaining, Facet.EVENT), first(remaining, Facet.TYPE), first(remaining, Facet.VERB))
                    .filter(it -> it != null)
                    .toList()) {
                remaining.remove(kind);
                kinds.add("kinds.%s = any(%s)".formatted(column(kind.facet()), texts(kind.values())));
            }
        }
        remaining.forEach(condition -> rowFilters.add(test(condition)));
        if (!filter.created().isEmpty()) {
            rowFilters.add(filter.created().stream().map(this::test).collect(Collectors.joining(" or ", "(", ")")));
        }
        filter.notCreated().forEach(span -> rowFilters.add("not (" + test(span) + ")"));
        filter.words().forEach(word -> rowFilters.add(containsWord(word)));
        filter.notWords().forEach(word -> rowFilters.add("not " + containsWord(word)));
    }

    private static @Nullable Condition first(List<Condition> conditions, Facet... facets) {
        return Stream.of(facets)
                .flatMap(facet -> conditions.stream().filter(it -> it.facet() == facet && !it.negated()))
                .findFirst()
                .orElse(null);
    }

    /** Whether every row of the index range matches the filter. */
    boolean isExact() {
        return rowFilters.isEmpty();
    }

    /** Whether the filter reads {@code object_name}. */
    boolean isNamed() {
        return named;
    }

    /** The where clause over activities {@code a} and {@code object_name}; empty if every row matches. */
    String where() {
        return rowFilters.isEmpty() ? "" : " where " + String.join(" and ", rowFilters);
    }

    /** The order of {@link #rows(long)}. */
    String order() {
        return " order by a.place" + direction();
    }

    private String direction() {
        return oldestFirst ? "" : " desc";
    }

    /** The number of rows to examine for a page of an inexact query. */
    int rows() {
        int limit = named ? MAX_ROWS_WITH_NAMES : MAX_ROWS;
        return isOneRange() ? limit : Math.min(limit, MAX_ROWS_OF_SEVERAL_RANGES);
    }

    private boolean isOneRange() {
        return kinds.isEmpty()
                && (indexCondition == null || indexCondition.values().size() == 1);
    }

    /** The common table expressions of {@link #rows(long)} and {@link #last}. */
    String with() {
        String shown = "with recursive shown (first) as (" + Retention.FIRST_SHOWN + ")\n";
        return kinds.isEmpty() ? shown : shown + ", " + KINDS;
    }

    /** A from clause with the first rows of the range, in order, with their {@code place}. */
    String rows(long limit) {
        if (indexCondition == null && kinds.isEmpty()) {
            return "(select *, sequence as place from activities" + range("") + ordered(limit) + ") a";
        }
        // offset 0 makes PostgreSQL fetch the rows one by one as they are needed.
        return "(select one.*, found.sequence as place from (" + sequences(limit) + ") found cross join lateral ("
                + "select * from activities where trail = :trail and sequence = found.sequence and drop_on = found.drop_on offset 0) one) a";
    }

    /** Selects the sequence number of the last of those rows; no row if there are fewer. */
    String last(long limit) {
        return "select sequence from (%s) looked order by sequence%s limit 1 offset %d"
                .formatted(sequences(limit), direction(), limit - 1);
    }

    /** Selects the sequence numbers of those rows and {@code drop_on}, which identifies the partition. */
    private String sequences(long limit) {
        if (!kinds.isEmpty()) {
            return merged(
                    "(select object_type, verb, event_type from kinds where %s) wanted"
                            .formatted(String.join(" and ", kinds)),
                    " and object_type = wanted.object_type and verb = wanted.verb and event_type = wanted.event_type",
                    limit);
        }
        if (indexCondition == null) {
            return "select sequence, drop_on from activities" + range("") + ordered(limit);
        }
        List<String> ranges = Stream.concat(
                        typesOf(indexCondition).stream()
                                .map(type -> " and actor is null and actor_type = " + texts(List.of(type), "")),
                        Stream.of(idsOf(indexCondition))
                                .filter(ids -> !ids.isEmpty())
                                .map(ids -> ids.size() == 1
                                        ? " and %s = %s".formatted(column(indexCondition.facet()), ids(ids, ""))
                                        : ids(ids, "[]")))
                .toList();
        List<String> parts = ranges.stream()
                .map(range -> range.startsWith(" and")
                        ? "select sequence, drop_on from activities" + range(range) + ordered(limit)
                        : merged(
                                "unnest(%s) wanted (id)".formatted(range),
                                " and %s = wanted.id".formatted(column(indexCondition.facet())),
                                limit))
                .toList();
        return switch (parts.size()) {
            case 0 -> "select sequence, drop_on from activities where false";
            case 1 -> parts.getFirst();
            default ->
                "select sequence, drop_on from ((" + String.join(") union all (", parts) + ")) each" + ordered(limit);
        };
    }

    /** Merges the first rows of several ranges. */
    private String merged(String wanted, String range, long limit) {
        return "select each.sequence, each.drop_on from %s cross join lateral (select sequence, drop_on from activities%s%s) each%s"
                .formatted(wanted, range(range), ordered(limit), ordered(limit));
    }

    private static String range(String more) {
        return " where trail = :trail and sequence >= greatest(:from, (select first from shown)) and sequence < :to"
                + more;
    }

    private String ordered(long limit) {
        return " order by sequence" + direction() + " limit " + limit;
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

    private String containsWord(String word) {
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

    /** Creates a statement from parts of this query. */
    JdbcClient.StatementSpec statement(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).params(parameters);
    }
}
