package io.guildhall.infrastructure.projection;

import io.guildhall.infrastructure.projection.RowCondition.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.ByteStreamWriter;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Buffered rows of one table: new rows, and pending changes to stored rows. A flush sends the changes first, so they
 * never affect a new row; changes to new rows are applied in memory.
 */
final class TableBuffer {

    private record Order(String column, String upTo) {}

    private final JdbcTemplate jdbc;
    private final TableDefinition tableDefinition;
    private final TableMetadata metadata;

    /** New rows of a mutable table, by key. */
    private final Map<Object, @Nullable Object[]> newRows = new LinkedHashMap<>();

    private final List<@Nullable Object[]> appendOnlyRows = new ArrayList<>();

    private final Map<String, Map<Object, List<Object>>> keysByColumn = new HashMap<>();

    /** Keys by the value of one column, sorted by another. Built on first use. */
    private final Map<Order, Map<Object, NavigableMap<Object, List<Object>>>> orderedKeys = new HashMap<>();

    private final CopyBinaryEncoder encoder = new CopyBinaryEncoder();
    private @Nullable ByteBuffer encoded;
    private final List<PendingChanges> changes = new ArrayList<>();

    TableBuffer(JdbcTemplate jdbc, TableDefinition tableDefinition, TableMetadata metadata) {
        this.jdbc = jdbc;
        this.tableDefinition = tableDefinition;
        this.metadata = metadata;
        forget();
    }

    void insert(RowValues row) {
        @Nullable Object[] values = metadata.values(row);
        if (!tableDefinition.changes()) {
            appendOnlyRows.add(values);
            return;
        }
        Object key = Objects.requireNonNull(values[metadata.index(tableDefinition.id())]);
        if (newRows.putIfAbsent(key, values) == null) {
            tableDefinition.foundBy().forEach(column -> index(column, values[metadata.index(column)], key));
        }
    }

    void update(UUID key, RowValues row) {
        @Nullable Object[] values = newRows.get(key);
        if (values != null) {
            updateRow(key, values, row);
        } else {
            metadata.check(row);
            addChange(last -> last.update(key, row));
        }
    }

    void delete(UUID key) {
        if (newRows.remove(key) == null) {
            changes.getLast().delete(key);
        }
    }

    void updateWhere(RowCondition condition, RowValues row) {
        matchingKeys(condition).forEach(key -> updateRow(key, Objects.requireNonNull(newRows.get(key)), row));
        addChange(last -> last.changeWhere(condition, row));
    }

    void deleteWhere(RowCondition condition) {
        List<Object> deleted = matchingKeys(condition);
        deleted.forEach(newRows::remove);
        removeOrdered(condition);
        addChange(last -> last.changeWhere(condition, null));
    }

    void forget() {
        newRows.clear();
        appendOnlyRows.clear();
        encoded = null;
        changes.clear();
        changes.add(new PendingChanges(metadata));
        tableDefinition.foundBy().forEach(column -> keysByColumn.put(column, new HashMap<>()));
        orderedKeys.clear();
    }

    /** Encodes the new rows. No row can be added or changed until the flush. */
    void prepare() {
        if (encoded == null) {
            compute();
            encoder.begin();
            rows().forEach(row -> metadata.write(row, encoder));
            encoded = encoder.end();
        }
    }

    void flush() {
        prepare();
        changes.forEach(each -> each.send(jdbc));
        if (!newRows.isEmpty() || !appendOnlyRows.isEmpty()) {
            copy(Objects.requireNonNull(encoded));
        }
        forget();
    }

    private Stream<@Nullable Object[]> rows() {
        return Stream.concat(newRows.values().stream(), appendOnlyRows.stream());
    }

    /** Adds a change, in a new group if its order relative to the current one matters. */
    private void addChange(Predicate<PendingChanges> change) {
        if (!change.test(changes.getLast())) {
            changes.add(new PendingChanges(metadata));
            if (!change.test(changes.getLast())) {
                throw new IllegalStateException("An empty group of changes rejected a change");
            }
        }
    }

    /** Returns the keys of the matching new rows. */
    private List<Object> matchingKeys(RowCondition condition) {
        return candidates(condition)
                .filter(key -> {
                    @Nullable Object[] values = newRows.get(key);
                    return values != null && condition.holds(column -> metadata.value(values, column));
                })
                .distinct()
                .toList();
    }

    private Stream<Object> candidates(RowCondition condition) {
        return condition.upTo() instanceof Condition upTo
                ? ordered(condition, upTo).headMap(upTo.value(), true).values().stream()
                        .flatMap(List::stream)
                : keysOf(condition).stream();
    }

    private List<Object> keysOf(RowCondition condition) {
        return keysByColumn.getOrDefault(condition.column(), Map.of()).getOrDefault(condition.value(), List.of());
    }

    /** Removes the keys of deleted rows, so that later conditions do not visit them. */
    private void removeOrdered(RowCondition condition) {
        if (condition.upTo() instanceof Condition upTo) {
            ordered(condition, upTo).headMap(upTo.value(), true).clear();
        }
    }

    private NavigableMap<Object, List<Object>> ordered(RowCondition condition, Condition upTo) {
        return orderedKeys
                .computeIfAbsent(new Order(condition.column(), upTo.column()), order -> new HashMap<>())
                .computeIfAbsent(condition.value(), value -> {
                    NavigableMap<Object, List<Object>> keys = new TreeMap<>();
                    keysOf(condition).forEach(key -> order(keys, upTo.column(), key));
                    return keys;
                });
    }

    private void order(NavigableMap<Object, List<Object>> keys, String upTo, Object key) {
        @Nullable Object[] values = newRows.get(key);
        if (values != null && metadata.value(values, upTo) instanceof Object value) {
            keys.computeIfAbsent(value, it -> new ArrayList<>(1)).add(key);
        }
    }

    private void updateRow(Object key, @Nullable Object[] values, RowValues row) {
        metadata.set(values, row);
        orderedKeys.keySet().removeIf(order -> row.columns().contains(order.upTo()));
        row.columns().stream()
                .filter(keysByColumn::containsKey)
                .forEach(column -> index(column, row.value(column), key));
    }

    private void index(String column, @Nullable Object value, Object key) {
        if (value != null && value != TableMetadata.DEFAULT) {
            Objects.requireNonNull(keysByColumn.get(column))
                    .computeIfAbsent(value, it -> new ArrayList<>(2))
                    .add(key);
            orderedKeys.forEach((order, byValue) -> {
                if (order.column().equals(column)
                        && byValue.get(value) instanceof NavigableMap<Object, List<Object>> keys) {
                    order(keys, order.upTo(), key);
                }
            });
        }
    }

    /** Computes values in the database, with one query for all rows. A column is computed in all rows or in none. */
    private void compute() {
        List<@Nullable Object[]> rows = rows().toList();
        for (int i = 0; i < metadata.count(); i++) {
            if (!rows.isEmpty() && rows.getFirst()[i] instanceof RowValues.Computed first) {
                compute(rows, i, first);
            }
        }
    }

    private void compute(List<@Nullable Object[]> rows, int column, RowValues.Computed first) {
        Set<@Nullable Object> matching =
                first.only() == null ? new HashSet<>() : matchingSubjects(first.only(), rows, column);
        ColumnType type = metadata.type(column);
        List<@Nullable Object[]> incomplete = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            RowValues.Computed each = (RowValues.Computed) Objects.requireNonNull(row[column]);
            if (each.only() == null || matching.contains(each.only().of())) {
                incomplete.add(row);
            } else {
                row[column] = type.read(each.only().otherwise());
            }
        }
        if (incomplete.isEmpty()) {
            return;
        }
        int arguments = first.types().size();
        @Nullable Object[] texts = IntStream.range(0, arguments)
                .mapToObj(argument -> PostgresTextFormat.texts(incomplete.stream()
                        .<@Nullable Object>map(row -> ((RowValues.Computed) Objects.requireNonNull(row[column]))
                                .arguments()
                                .get(argument))
                        .toList()))
                .toArray();
        var computed = jdbc.queryForList(
                        "select (%s)::text from unnest(%s) with ordinality v (%s, n) order by v.n"
                                .formatted(
                                        first.sql(argument -> "v.v" + argument),
                                        PostgresTextFormat.parameters(arguments),
                                        PostgresTextFormat.columnAliases(arguments)),
                        String.class,
                        texts)
                .iterator();
        incomplete.forEach(row -> row[column] = computed.next() instanceof String text ? type.read(text) : null);
    }

    /** Returns the subjects that fulfil the condition. */
    private Set<@Nullable Object> matchingSubjects(RowValues.Only only, List<@Nullable Object[]> rows, int column) {
        Map<@Nullable String, Object> all = new HashMap<>();
        for (@Nullable Object[] row : rows) {
            if (row[column] instanceof RowValues.Computed each
                    && each.only() != null
                    && each.only().of() != null) {
                all.putIfAbsent(
                        PostgresTextFormat.text(each.only().of()), each.only().of());
            }
        }
        all.keySet()
                .retainAll(new HashSet<>(jdbc.queryForList(
                        "select v from unnest(?::text[]) t (v) where %s".formatted(only.sql("v")),
                        String.class,
                        (Object) all.keySet().toArray(String[]::new))));
        return new HashSet<>(all.values());
    }

    private void copy(ByteBuffer rows) {
        String sql = "copy %s (%s) from stdin (format binary)".formatted(tableDefinition.name(), metadata.names());
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, ByteStreamWriter.of(rows));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
