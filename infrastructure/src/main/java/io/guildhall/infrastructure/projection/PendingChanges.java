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
 * Changes to stored rows, executed in this order: updates by key, deletions by key, changes by condition. A change
 * whose result would depend on another order is rejected; the caller then begins new pending changes.
 */
final class PendingChanges {

    private final TableMetadata metadata;
    private final Map<UUID, RowValues> updates = new LinkedHashMap<>();
    private final Set<UUID> deletions = new LinkedHashSet<>();
    private final Map<GroupedChange, List<RowCondition>> grouped = new LinkedHashMap<>();

    PendingChanges(TableMetadata metadata) {
        this.metadata = metadata;
    }

    /**
     * A change by condition, shared by all conditions that differ only in their values.
     *
     * @param condition SQL
     * @param conditionColumns the columns that the condition reads
     * @param columns the columns to set; null for a deletion
     * @param values the values to set; null for a deletion
     */
    private record GroupedChange(
            String condition,
            List<String> conditionColumns,
            @Nullable List<String> columns,
            @Nullable List<@Nullable Object> values) {

        static GroupedChange of(RowCondition condition, @Nullable RowValues row) {
            return new GroupedChange(
                    condition.sql(i -> "?"),
                    condition.columns(),
                    row == null ? null : row.columns(),
                    row == null ? null : row.values());
        }

        /** Whether the order of the two changes does not matter. */
        boolean commutesWith(GroupedChange other) {
            if (columns == null && other.columns == null || equals(other)) {
                return true;
            }
            boolean same = Objects.equals(columns, other.columns) && Objects.equals(values, other.values);
            return disjoint(columns, other.conditionColumns)
                    && disjoint(other.columns, conditionColumns)
                    && (same || disjoint(columns, other.columns));
        }

        /** An update by key must not meet a deleted row. */
        boolean commutesWith(RowValues update) {
            return columns != null
                    && disjoint(update.columns(), conditionColumns)
                    && disjoint(update.columns(), columns);
        }

        private static boolean disjoint(@Nullable List<String> some, @Nullable List<String> others) {
            return some == null || others == null || Collections.disjoint(some, others);
        }
    }

    boolean update(UUID key, RowValues row) {
        if (deletions.contains(key) || !grouped.keySet().stream().allMatch(change -> change.commutesWith(row))) {
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

    /** @param row the columns to set; null to delete the rows */
    boolean changeWhere(RowCondition condition, @Nullable RowValues row) {
        var change = GroupedChange.of(condition, row);
        if (!grouped.keySet().stream().allMatch(change::commutesWith)) {
            return false;
        }
        grouped.computeIfAbsent(change, it -> new ArrayList<>()).add(condition);
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
                            .formatted(metadata.table().name(), metadata.table().id()),
                    (Object) PostgresTextFormat.texts(deletions));
        }
        grouped.forEach((change, each) -> send(jdbc, change, each));
    }

    private void update(JdbcTemplate jdbc, List<String> changed, List<Map.Entry<UUID, RowValues>> rows) {
        TableDefinition table = metadata.table();
        String sql = "update %s t set %s from unnest(?::text[], %s) v (k, %s) where t.%s = v.k::uuid"
                .formatted(
                        table.name(),
                        IntStream.range(0, changed.size())
                                .mapToObj(i -> "%s = v.v%d::%s".formatted(changed.get(i), i, type(changed.get(i))))
                                .collect(Collectors.joining(", ")),
                        PostgresTextFormat.parameters(changed.size()),
                        PostgresTextFormat.columnAliases(changed.size()),
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
                    "%d of %d rows changed by an update of %s".formatted(touched, rows.size(), table.name()));
        }
    }

    private void send(JdbcTemplate jdbc, GroupedChange change, List<RowCondition> each) {
        RowCondition first = each.getFirst();
        int conditions = first.values().size();
        var arguments = new ArrayList<@Nullable Object>();
        String verb;
        if (change.columns() == null || change.values() == null) {
            verb = "delete from %s t using".formatted(metadata.table().name());
        } else {
            verb = "update %s t set %s from"
                    .formatted(
                            metadata.table().name(),
                            change.columns().stream()
                                    .map(column -> "%s = ?::%s".formatted(column, type(column)))
                                    .collect(Collectors.joining(", ")));
            change.values().forEach(value -> arguments.add(PostgresTextFormat.text(value)));
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
                                PostgresTextFormat.parameters(conditions),
                                PostgresTextFormat.columnAliases(conditions),
                                first.sql(i -> "v.v%d::%s"
                                        .formatted(
                                                i, type(first.columnsOfValues().get(i))))),
                arguments.toArray());
    }

    private String type(String column) {
        return metadata.type(column).sql();
    }
}
