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
 * What is gathered for one table: new rows, and changes to rows that were copied before. Changes come before new rows when they are
 * sent, and so never meet them; what of them concerned a new row has been done to it in memory.
 */
final class TableBuffer {

    private record Order(String column, String upTo) {}

    private final JdbcTemplate jdbc;
    private final TableDefinition tableDefinition;
    private final TableMetadata columns;

    /** By their keys, where they may change. */
    private final Map<Object, @Nullable Object[]> added = new LinkedHashMap<>();

    private final List<@Nullable Object[]> addedForGood = new ArrayList<>();

    private final Map<String, Map<Object, List<Object>>> keysFoundBy = new HashMap<>();

    /** The keys that are found by one column, in the order of another one; made when rows are first looked for in this way. */
    private final Map<Order, Map<Object, NavigableMap<Object, List<Object>>>> keysInOrder = new HashMap<>();

    private final CopyBinaryEncoder copied = new CopyBinaryEncoder();
    private @Nullable ByteBuffer prepared;
    private final List<PendingChanges> changes = new ArrayList<>();

    TableBuffer(JdbcTemplate jdbc, TableDefinition tableDefinition, TableMetadata columns) {
        this.jdbc = jdbc;
        this.tableDefinition = tableDefinition;
        this.columns = columns;
        forget();
    }

    void insert(RowValues row) {
        @Nullable Object[] values = columns.values(row);
        if (!tableDefinition.changes()) {
            addedForGood.add(values);
            return;
        }
        Object key = Objects.requireNonNull(values[columns.place(tableDefinition.id())]);
        if (added.putIfAbsent(key, values) == null) {
            tableDefinition.foundBy().forEach(column -> remember(column, values[columns.place(column)], key));
        }
    }

    void update(UUID key, RowValues row) {
        @Nullable Object[] values = added.get(key);
        if (values != null) {
            change(key, values, row);
        } else {
            columns.check(row);
            change(last -> last.update(key, row));
        }
    }

    void delete(UUID key) {
        if (added.remove(key) == null) {
            changes.getLast().delete(key);
        }
    }

    void updateWhere(RowCondition which, RowValues row) {
        found(which).forEach(key -> change(key, Objects.requireNonNull(added.get(key)), row));
        change(last -> last.several(which, row));
    }

    void deleteWhere(RowCondition which) {
        List<Object> deleted = found(which);
        deleted.forEach(added::remove);
        forgetOrdered(which);
        change(last -> last.several(which, null));
    }

    void forget() {
        added.clear();
        addedForGood.clear();
        prepared = null;
        changes.clear();
        changes.add(new PendingChanges(columns));
        tableDefinition.foundBy().forEach(column -> keysFoundBy.put(column, new HashMap<>()));
        keysInOrder.clear();
    }

    /** Makes of the new rows what is sent: none can be added afterwards, nor changed. */
    void prepare() {
        if (prepared == null) {
            compute();
            copied.begin();
            rows().forEach(row -> columns.write(row, copied));
            prepared = copied.end();
        }
    }

    void flush() {
        prepare();
        changes.forEach(each -> each.send(jdbc));
        if (!added.isEmpty() || !addedForGood.isEmpty()) {
            copy(Objects.requireNonNull(prepared));
        }
        forget();
    }

    private Stream<@Nullable Object[]> rows() {
        return Stream.concat(added.values().stream(), addedForGood.stream());
    }

    /** After what it cannot be done together with. */
    private void change(Predicate<PendingChanges> change) {
        if (!change.test(changes.getLast())) {
            changes.add(new PendingChanges(columns));
            if (!change.test(changes.getLast())) {
                throw new IllegalStateException("There is nothing yet that it could not be done together with");
            }
        }
    }

    /** Keys of new rows. */
    private List<Object> found(RowCondition which) {
        return candidates(which)
                .filter(key -> {
                    @Nullable Object[] values = added.get(key);
                    return values != null && which.holds(column -> columns.said(values, column));
                })
                .distinct()
                .toList();
    }

    private Stream<Object> candidates(RowCondition which) {
        return which.upTo() instanceof Condition upTo
                ? ordered(which, upTo).headMap(upTo.value(), true).values().stream()
                        .flatMap(List::stream)
                : keysOf(which).stream();
    }

    private List<Object> keysOf(RowCondition which) {
        return keysFoundBy.getOrDefault(which.column(), Map.of()).getOrDefault(which.value(), List.of());
    }

    /** Removes the keys of deleted rows, so that later conditions do not visit them. */
    private void forgetOrdered(RowCondition which) {
        if (which.upTo() instanceof Condition upTo) {
            ordered(which, upTo).headMap(upTo.value(), true).clear();
        }
    }

    private NavigableMap<Object, List<Object>> ordered(RowCondition which, Condition upTo) {
        return keysInOrder
                .computeIfAbsent(new Order(which.column(), upTo.column()), order -> new HashMap<>())
                .computeIfAbsent(which.value(), value -> {
                    NavigableMap<Object, List<Object>> keys = new TreeMap<>();
                    keysOf(which).forEach(key -> order(keys, upTo.column(), key));
                    return keys;
                });
    }

    private void order(NavigableMap<Object, List<Object>> keys, String upTo, Object key) {
        @Nullable Object[] values = added.get(key);
        if (values != null && columns.said(values, upTo) instanceof Object value) {
            keys.computeIfAbsent(value, it -> new ArrayList<>(1)).add(key);
        }
    }

    private void change(Object key, @Nullable Object[] values, RowValues row) {
        columns.set(values, row);
        keysInOrder.keySet().removeIf(order -> row.columns().contains(order.upTo()));
        row.columns().stream()
                .filter(keysFoundBy::containsKey)
                .forEach(column -> remember(column, row.value(column), key));
    }

    private void remember(String column, @Nullable Object value, Object key) {
        if (value != null && value != TableMetadata.UNSAID) {
            Objects.requireNonNull(keysFoundBy.get(column))
                    .computeIfAbsent(value, it -> new ArrayList<>(2))
                    .add(key);
            keysInOrder.forEach((order, byValue) -> {
                if (order.column().equals(column)
                        && byValue.get(value) instanceof NavigableMap<Object, List<Object>> keys) {
                    order(keys, order.upTo(), key);
                }
            });
        }
    }

    /** What the database is to compute, in one question for all rows; a column is computed in all of them or in none. */
    private void compute() {
        List<@Nullable Object[]> rows = rows().toList();
        for (int i = 0; i < columns.count(); i++) {
            if (!rows.isEmpty() && rows.getFirst()[i] instanceof RowValues.Computed first) {
                compute(rows, i, first);
            }
        }
    }

    private void compute(List<@Nullable Object[]> rows, int column, RowValues.Computed first) {
        Set<@Nullable Object> some = first.only() == null ? new HashSet<>() : those(first.only(), rows, column);
        ColumnType type = columns.type(column);
        List<@Nullable Object[]> asked = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            RowValues.Computed each = (RowValues.Computed) Objects.requireNonNull(row[column]);
            if (each.only() == null || some.contains(each.only().of())) {
                asked.add(row);
            } else {
                row[column] = type.read(each.only().otherwise());
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        int arguments = first.types().size();
        @Nullable Object[] texts = IntStream.range(0, arguments)
                .mapToObj(argument -> PostgresTextFormat.texts(asked.stream()
                        .<@Nullable Object>map(row -> ((RowValues.Computed) Objects.requireNonNull(row[column]))
                                .arguments()
                                .get(argument))
                        .toList()))
                .toArray();
        var computed = jdbc.queryForList(
                        "select (%s)::text from unnest(%s) with ordinality v (%s, n) order by v.n"
                                .formatted(
                                        first.sql(argument -> "v.v" + argument),
                                        PostgresTextFormat.places(arguments),
                                        PostgresTextFormat.names(arguments)),
                        String.class,
                        texts)
                .iterator();
        asked.forEach(row -> row[column] = computed.next() instanceof String text ? type.read(text) : null);
    }

    /** Of what the rows are about, that for which something has to be computed. */
    private Set<@Nullable Object> those(RowValues.Only only, List<@Nullable Object[]> rows, int column) {
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
        String sql = "copy %s (%s) from stdin (format binary)".formatted(tableDefinition.name(), columns.names());
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, ByteStreamWriter.of(rows));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
