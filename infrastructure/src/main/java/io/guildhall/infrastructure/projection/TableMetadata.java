package io.guildhall.infrastructure.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The columns of a table in use, and rows of it as arrays of their values. */
final class TableMetadata {

    /** Stands for what a row does not say: its column's default. */
    static final Object UNSAID = new Object();

    private final TableDefinition table;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<@Nullable Object> defaults = new ArrayList<>();
    private final Set<Integer> required = new HashSet<>();
    private final boolean hasConditions;

    TableMetadata(JdbcTemplate jdbc, TableDefinition table) {
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
    }

    TableDefinition table() {
        return table;
    }

    /** Those that a row is written with, in their order. */
    String names() {
        return String.join(", ", places.keySet());
    }

    int count() {
        return types.size();
    }

    ColumnType type(int place) {
        return types.get(place);
    }

    ColumnType type(String column) {
        return types.get(place(column));
    }

    @Nullable Object[] values(RowValues row) {
        @Nullable Object[] values = new Object[types.size()];
        Arrays.fill(values, UNSAID);
        set(values, row);
        return values;
    }

    void set(@Nullable Object[] values, RowValues row) {
        check(row);
        for (int i = 0; i < row.columns().size(); i++) {
            values[place(row.columns().get(i))] = row.values().get(i);
        }
    }

    @Nullable Object said(@Nullable Object[] values, String column) {
        Object value = values[place(column)];
        if (value == UNSAID) {
            throw new IllegalStateException("No row says what is in " + table.name() + "." + column);
        }
        return value;
    }

    /** A value that a later one covers is never sent: so what the database would say of it is said here. */
    void check(RowValues row) {
        if (hasConditions) {
            throw ProjectionException.because(table.name() + " has conditions, which only the database can check");
        }
        for (int i = 0; i < row.columns().size(); i++) {
            if (row.values().get(i) == null
                    && required.contains(place(row.columns().get(i)))) {
                throw ProjectionException.because(
                        "nothing in %s.%s".formatted(table.name(), row.columns().get(i)));
            }
        }
    }

    int place(String column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new IllegalStateException("There is no column " + table.name() + "." + column);
        }
        return place;
    }

    void write(@Nullable Object[] values, CopyBinaryEncoder copied) {
        copied.beginRow(values.length);
        for (int i = 0; i < values.length; i++) {
            try {
                copied.put(types.get(i), values[i] == UNSAID ? defaults.get(i) : values[i]);
            } catch (ClassCastException | ArithmeticException e) {
                throw ProjectionException.because("what %s.%s cannot hold"
                        .formatted(table.name(), List.copyOf(places.keySet()).get(i)));
            }
        }
    }
}
