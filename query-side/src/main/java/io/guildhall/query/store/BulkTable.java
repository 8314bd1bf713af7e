package io.guildhall.query.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
final class BulkTable {

    private final JdbcTemplate jdbc;
    private final Table table;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<@Nullable Object> defaults = new ArrayList<>();
    private final Set<Integer> required = new HashSet<>();
    private final boolean hasConditions;

    /** By their keys, where they may change. */
    private final Map<Object, @Nullable Object[]> added = new LinkedHashMap<>();

    private final List<@Nullable Object[]> addedForGood = new ArrayList<>();

    private final Map<String, Map<Object, List<Object>>> keysFoundBy = new HashMap<>();
    private final CopiedRows copied = new CopiedRows();
    private @Nullable ByteBuffer prepared;
    private final List<Changes> changes = new ArrayList<>();

    /** Stands for what a row does not say: its column's default. */
    private static final Object UNSAID = new Object();

    /** In this order: updates, deletions, and what is found by something else than its key. */
    private static final class Changes {

        final Map<UUID, Row> updates = new LinkedHashMap<>();
        final Set<UUID> deletions = new LinkedHashSet<>();
        final Map<Several, List<Where>> several = new LinkedHashMap<>();
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

        static Several of(Where which, @Nullable Row row) {
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

        private static boolean apart(@Nullable List<String> some, @Nullable List<String> others) {
            return some == null || others == null || Collections.disjoint(some, others);
        }
    }

    BulkTable(JdbcTemplate jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
        jdbc.query(
                """
                        select a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), a.attnotnull
                        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                        where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                        order by a.attnum
                        """,
                row -> {
                    places.put(row.getString(1), types.size());
                    if (row.getBoolean(4)) {
                        required.add(types.size());
                    }
                    types.add(ColumnType.of(row.getString(2)));
                    defaults.add(row.getString(3));
                },
                "public." + table.name());
        for (int i = 0; i < types.size(); i++) {
            if (defaults.get(i) instanceof Object expression) {
                String text = jdbc.queryForObject("select (%s)::text".formatted(expression), String.class);
                defaults.set(i, text == null ? null : types.get(i).read(text));
            }
        }
        hasConditions = Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from pg_constraint where conrelid = ?::regclass and contype = 'c')",
                Boolean.class,
                "public." + table.name()));
        forget();
    }

    void insert(Row row) {
        @Nullable Object[] values = new Object[types.size()];
        Arrays.fill(values, UNSAID);
        set(values, row);
        if (!table.changes()) {
            addedForGood.add(values);
            return;
        }
        Object key = Objects.requireNonNull(values[place(table.id())]);
        if (added.putIfAbsent(key, values) == null) {
            table.foundBy().forEach(column -> remember(column, values[place(column)], key));
        }
    }

    void update(UUID key, Row row) {
        @Nullable Object[] values = added.get(key);
        if (values != null) {
            change(key, values, row);
            return;
        }
        check(row);
        Changes last = changes.getLast();
        if (!last.several.isEmpty() || last.deletions.contains(key)) {
            last = more();
        }
        Row before = last.updates.putIfAbsent(key, row);
        if (before != null) {
            before.change(row);
        }
    }

    void delete(UUID key) {
        if (added.remove(key) == null) {
            changes.getLast().deletions.add(key);
        }
    }

    void updateWhere(Where which, Row row) {
        found(which).forEach(key -> change(key, Objects.requireNonNull(added.get(key)), row));
        several(which, row);
    }

    void deleteWhere(Where which) {
        found(which).forEach(added::remove);
        several(which, null);
    }

    private void several(Where which, @Nullable Row row) {
        var what = Several.of(which, row);
        Changes last = changes.getLast();
        if (!last.several.keySet().stream().allMatch(what::commutes)) {
            last = more();
        }
        last.several.computeIfAbsent(what, it -> new ArrayList<>()).add(which);
    }

    void forget() {
        added.clear();
        addedForGood.clear();
        prepared = null;
        changes.clear();
        more();
        table.foundBy().forEach(column -> keysFoundBy.put(column, new HashMap<>()));
    }

    /** Makes of the new rows what is sent: none can be added afterwards, nor changed. */
    void prepare() {
        if (prepared == null) {
            compute();
            copied.begin();
            added.values().forEach(this::write);
            addedForGood.forEach(this::write);
            prepared = copied.end();
        }
    }

    void flush() {
        prepare();
        changes.forEach(this::send);
        if (!added.isEmpty() || !addedForGood.isEmpty()) {
            copy(Objects.requireNonNull(prepared));
        }
        forget();
    }

    private Changes more() {
        var next = new Changes();
        changes.add(next);
        return next;
    }

    /** Keys of new rows. */
    private List<Object> found(Where which) {
        return keysFoundBy.getOrDefault(which.column(), Map.of()).getOrDefault(which.value(), List.of()).stream()
                .filter(key -> {
                    @Nullable Object[] values = added.get(key);
                    return values != null && which.holds(column -> said(values, column));
                })
                .distinct()
                .toList();
    }

    private @Nullable Object said(@Nullable Object[] values, String column) {
        Object value = values[place(column)];
        if (value == UNSAID) {
            throw new IllegalStateException("No row says what is in " + table.name() + "." + column);
        }
        return value;
    }

    private void change(Object key, @Nullable Object[] values, Row row) {
        set(values, row);
        row.columns().stream()
                .filter(keysFoundBy::containsKey)
                .forEach(column -> remember(column, row.value(column), key));
    }

    private void remember(String column, @Nullable Object value, Object key) {
        if (value != null && value != UNSAID) {
            Objects.requireNonNull(keysFoundBy.get(column))
                    .computeIfAbsent(value, it -> new ArrayList<>(2))
                    .add(key);
        }
    }

    private void set(@Nullable Object[] values, Row row) {
        check(row);
        for (int i = 0; i < row.columns().size(); i++) {
            values[place(row.columns().get(i))] = row.values().get(i);
        }
    }

    /** A value that a later one covers is never sent: so what the database would say of it is said here. */
    private void check(Row row) {
        if (hasConditions) {
            throw NotProjected.because(table.name() + " has conditions, which only the database can check");
        }
        for (int i = 0; i < row.columns().size(); i++) {
            if (row.values().get(i) == null
                    && required.contains(place(row.columns().get(i)))) {
                throw NotProjected.because(
                        "nothing in %s.%s".formatted(table.name(), row.columns().get(i)));
            }
        }
    }

    private int place(String column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new IllegalStateException("There is no column " + table.name() + "." + column);
        }
        return place;
    }

    private void write(@Nullable Object[] values) {
        copied.beginRow(values.length);
        for (int i = 0; i < values.length; i++) {
            try {
                copied.put(types.get(i), values[i] == UNSAID ? defaults.get(i) : values[i]);
            } catch (ClassCastException | ArithmeticException e) {
                throw NotProjected.because("what %s.%s cannot hold"
                        .formatted(table.name(), List.copyOf(places.keySet()).get(i)));
            }
        }
    }

    /** What the database is to compute, in one question for all rows; a column is computed in all of them or in none. */
    private void compute() {
        List<@Nullable Object[]> rows =
                Stream.concat(added.values().stream(), addedForGood.stream()).toList();
        for (int i = 0; i < types.size(); i++) {
            if (!rows.isEmpty() && rows.getFirst()[i] instanceof Row.Computed first) {
                compute(rows, i, first);
            }
        }
    }

    private void compute(List<@Nullable Object[]> rows, int column, Row.Computed first) {
        Set<@Nullable Object> some = first.only() == null ? new HashSet<>() : those(first.only(), rows, column);
        ColumnType type = types.get(column);
        List<@Nullable Object[]> asked = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            Row.Computed each = (Row.Computed) Objects.requireNonNull(row[column]);
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
                .mapToObj(argument -> texts(asked.stream()
                        .<@Nullable Object>map(row -> ((Row.Computed) Objects.requireNonNull(row[column]))
                                .arguments()
                                .get(argument))
                        .toList()))
                .toArray();
        var computed = jdbc.queryForList(
                        "select (%s)::text from unnest(%s) with ordinality v (%s, n) order by v.n"
                                .formatted(
                                        first.sql(argument -> "v.v" + argument), places(arguments), names(arguments)),
                        String.class,
                        texts)
                .iterator();
        asked.forEach(row -> row[column] = computed.next() instanceof String text ? type.read(text) : null);
    }

    /** Of what the rows are about, that for which something has to be computed. */
    private Set<@Nullable Object> those(Row.Only only, List<@Nullable Object[]> rows, int column) {
        Map<@Nullable String, Object> all = new HashMap<>();
        for (@Nullable Object[] row : rows) {
            if (row[column] instanceof Row.Computed each
                    && each.only() != null
                    && each.only().of() != null) {
                all.putIfAbsent(Literals.text(each.only().of()), each.only().of());
            }
        }
        all.keySet()
                .retainAll(jdbc.queryForList(
                        "select v from unnest(?::text[]) t (v) where %s".formatted(only.sql("v")),
                        String.class,
                        (Object) all.keySet().toArray(String[]::new)));
        return new HashSet<>(all.values());
    }

    private static String places(int arrays) {
        return String.join(", ", Collections.nCopies(arrays, "?::text[]"));
    }

    private static String names(int columns) {
        return IntStream.range(0, columns).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
    }

    private void copy(ByteBuffer rows) {
        String sql =
                "copy %s (%s) from stdin (format binary)".formatted(table.name(), String.join(", ", places.keySet()));
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, ByteStreamWriter.of(rows));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void send(Changes each) {
        each.updates.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().columns(), LinkedHashMap::new, Collectors.toList()))
                .forEach(this::update);
        if (!each.deletions.isEmpty()) {
            jdbc.update(
                    "delete from %s t using unnest(?::text[]) v (k) where t.%s = v.k::uuid"
                            .formatted(table.name(), table.id()),
                    (Object) texts(each.deletions));
        }
        each.several.forEach(this::send);
    }

    private void update(List<String> columns, List<Map.Entry<UUID, Row>> rows) {
        String sql = "update %s t set %s from unnest(?::text[]%s) v (k, %s) where t.%s = v.k::uuid"
                .formatted(
                        table.name(),
                        IntStream.range(0, columns.size())
                                .mapToObj(i -> "%s = v.c%d::%s".formatted(columns.get(i), i, type(columns.get(i))))
                                .collect(Collectors.joining(", ")),
                        ", ?::text[]".repeat(columns.size()),
                        IntStream.range(0, columns.size())
                                .mapToObj(i -> "c" + i)
                                .collect(Collectors.joining(", ")),
                        table.id());
        var arrays = new ArrayList<Object>();
        arrays.add(texts(rows.stream().map(Map.Entry::getKey).toList()));
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            arrays.add(texts(rows.stream()
                    .<@Nullable Object>map(row -> row.getValue().values().get(column))
                    .toList()));
        }
        int touched = jdbc.update(sql, arrays.toArray());
        if (touched != rows.size()) {
            throw NotProjected.because(
                    "%d of %d rows touched by an update of %s".formatted(touched, rows.size(), table.name()));
        }
    }

    private void send(Several what, List<Where> each) {
        Where first = each.getFirst();
        int conditions = first.values().size();
        var arguments = new ArrayList<@Nullable Object>();
        String verb;
        if (what.set() == null || what.to() == null) {
            verb = "delete from %s t using".formatted(table.name());
        } else {
            List<String> columns = what.set();
            verb = "update %s t set %s from"
                    .formatted(
                            table.name(),
                            columns.stream()
                                    .map(column -> "%s = ?::%s".formatted(column, type(column)))
                                    .collect(Collectors.joining(", ")));
            what.to().forEach(value -> arguments.add(Literals.text(value)));
        }
        for (int i = 0; i < conditions; i++) {
            int condition = i;
            arguments.add(texts(
                    each.stream().map(where -> where.values().get(condition)).toList()));
        }
        jdbc.update(
                "%s unnest(%s) v (%s) where %s"
                        .formatted(
                                verb,
                                places(conditions),
                                names(conditions),
                                first.sql(i -> "v.v%d::%s"
                                        .formatted(
                                                i, type(first.columnsOfValues().get(i))))),
                arguments.toArray());
    }

    private String type(String column) {
        return types.get(place(column)).sql();
    }

    private static @Nullable String[] texts(Collection<? extends @Nullable Object> values) {
        return values.stream().map(Literals::text).toArray(String[]::new);
    }
}
