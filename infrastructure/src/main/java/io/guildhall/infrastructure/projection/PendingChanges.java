package io.guildhall.infrastructure.projection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Changes to rows that are in their table, sent in this order: updates, deletions, and what is found by something else than its
 * key. What must not be done in that order is not taken.
 */
final class PendingChanges {

    private final TableMetadata columns;
    private final Map<UUID, RowValues> updates = new LinkedHashMap<>();
    private final Set<UUID> deletions = new LinkedHashSet<>();
    private final Map<Several, List<RowCondition>> several = new LinkedHashMap<>();

    PendingChanges(TableMetadata columns) {
        this.columns = columns;
    }

    /**
     * What is done to several rows, if it is the same.
     *
     * @param which as SQL
     * @param found the columns that the rows are found by
     * @param set what is set in them; null when they are deleted
     * @param to what that is set to
     */
    private record Several(
            String which,
            List<String> found,
            @Nullable List<String> set,
            @Nullable List<@Nullable Object> to) {

        static Several of(RowCondition which, @Nullable RowValues row) {
            return new Several(
                    which.sql(i -> "?"),
                    which.columns(),
                    row == null ? null : row.columns(),
                    row == null ? null : row.values());
        }

        /** Whether it is no matter which of the two is done first. */
        boolean commutes(Several other) {
            if (set == null && other.set == null || equals(other)) {
                return true;
            }
            boolean same = Objects.equals(set, other.set) && Objects.equals(to, other.to);
            return apart(set, other.found) && apart(other.set, found) && (same || apart(set, other.set));
        }

        /** An update must not meet a row that is deleted. */
        boolean commutes(RowValues update) {
            return set != null && apart(update.columns(), found) && apart(update.columns(), set);
        }

        private static boolean apart(@Nullable List<String> some, @Nullable List<String> others) {
            return some == null || others == null || Collections.disjoint(some, others);
        }
    }

    boolean update(UUID key, RowValues row) {
        if (deletions.contains(key) || !several.keySet().stream().allMatch(what -> what.commutes(row))) {
            return false;
        }
        RowValues before = updates.putIfAbsent(key, row);
        if (before != null) {
            before.change(row);
        }
        return true;
    }

    void delete(UUID key) {
        deletions.add(key);
    }

    /** @param row what to change in them; null to delete them */
    boolean several(RowCondition which, @Nullable RowValues row) {
        var what = Several.of(which, row);
        if (!several.keySet().stream().allMatch(what::commutes)) {
            return false;
        }
        several.computeIfAbsent(what, it -> new ArrayList<>()).add(which);
        return true;
    }

    void send(JdbcTemplate jdbc) {
        updates.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().columns(), LinkedHashMap::new, Collectors.toList()))
                .forEach((changed, rows) -> update(jdbc, changed, rows));
        if (!deletions.isEmpty()) {
            jdbc.update(
                    "delete from %s t using unnest(?::text[]) v (k) where t.%s = v.k::uuid"
                            .formatted(columns.table().name(), columns.table().id()),
                    (Object) PostgresTextFormat.texts(deletions));
        }
        several.forEach((what, each) -> send(jdbc, what, each));
    }

    private void update(JdbcTemplate jdbc, List<String> changed, List<Map.Entry<UUID, RowValues>> rows) {
        TableDefinition table = columns.table();
        String sql = "update %s t set %s from unnest(?::text[], %s) v (k, %s) where t.%s = v.k::uuid"
                .formatted(
                        table.name(),
                        IntStream.range(0, changed.size())
                                .mapToObj(i -> "%s = v.v%d::%s".formatted(changed.get(i), i, type(changed.get(i))))
                                .collect(Collectors.joining(", ")),
                        PostgresTextFormat.places(changed.size()),
                        PostgresTextFormat.names(changed.size()),
                        table.id());
        var arrays = new ArrayList<Object>();
        arrays.add(PostgresTextFormat.texts(rows.stream().map(Map.Entry::getKey).toList()));
        for (int i = 0; i < changed.size(); i++) {
            int column = i;
            arrays.add(PostgresTextFormat.texts(rows.stream()
                    .<@Nullable Object>map(row -> row.getValue().values().get(column))
                    .toList()));
        }
        int touched = jdbc.update(sql, arrays.toArray());
        if (touched != rows.size()) {
            throw ProjectionException.because(
                    "%d of %d rows touched by an update of %s".formatted(touched, rows.size(), table.name()));
        }
    }

    private void send(JdbcTemplate jdbc, Several what, List<RowCondition> each) {
        RowCondition first = each.getFirst();
        int conditions = first.values().size();
        var arguments = new ArrayList<@Nullable Object>();
        String verb;
        if (what.set() == null || what.to() == null) {
            verb = "delete from %s t using".formatted(columns.table().name());
        } else {
            verb = "update %s t set %s from"
                    .formatted(
                            columns.table().name(),
                            what.set().stream()
                                    .map(column -> "%s = ?::%s".formatted(column, type(column)))
                                    .collect(Collectors.joining(", ")));
            what.to().forEach(value -> arguments.add(PostgresTextFormat.text(value)));
        }
        for (int i = 0; i < conditions; i++) {
            int condition = i;
            arguments.add(PostgresTextFormat.texts(each.stream()
                    .map(rowCondition -> rowCondition.values().get(condition))
                    .toList()));
        }
        jdbc.update(
                "%s unnest(%s) v (%s) where %s"
                        .formatted(
                                verb,
                                PostgresTextFormat.places(conditions),
                                PostgresTextFormat.names(conditions),
                                first.sql(i -> "v.v%d::%s"
                                        .formatted(
                                                i, type(first.columnsOfValues().get(i))))),
                arguments.toArray());
    }

    private String type(String column) {
        return columns.type(column).sql();
    }
}
