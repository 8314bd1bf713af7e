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

/** The columns of an existing table. Represents rows as arrays of values. */
final class TableMetadata {

    /** Stands for the column's default. */
    static final Object DEFAULT = new Object();

    private final TableDefinition table;
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<@Nullable Object> defaults = new ArrayList<>();
    private final Set<Integer> required = new HashSet<>();
    private final boolean hasCheckConstraints;

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
                    indexes.put(row.getString(1), types.size());
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
        hasCheckConstraints = Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from pg_constraint where conrelid = ?::regclass and contype = 'c')",
                Boolean.class,
                "public." + table.name()));
    }

    TableDefinition table() {
        return table;
    }

    /** The column names in the order of {@code COPY}. */
    String names() {
        return String.join(", ", indexes.keySet());
    }

    int count() {
        return types.size();
    }

    ColumnType type(int index) {
        return types.get(index);
    }

    ColumnType type(String column) {
        return types.get(index(column));
    }

    @Nullable Object[] values(RowValues row) {
        @Nullable Object[] values = new Object[types.size()];
        Arrays.fill(values, DEFAULT);
        set(values, row);
        return values;
    }

    void set(@Nullable Object[] values, RowValues row) {
        check(row);
        for (int i = 0; i < row.columns().size(); i++) {
            values[index(row.columns().get(i))] = row.values().get(i);
        }
    }

    @Nullable Object value(@Nullable Object[] values, String column) {
        Object value = values[index(column)];
        if (value == DEFAULT) {
            throw new IllegalStateException("The row has no value for " + table.name() + "." + column);
        }
        return value;
    }

    /** Checks constraints here because an overwritten value never reaches the database. */
    void check(RowValues row) {
        if (hasCheckConstraints) {
            throw ProjectionException.because(
                    table.name() + " has check constraints, which bulk writes do not support");
        }
        for (int i = 0; i < row.columns().size(); i++) {
            if (row.values().get(i) == null
                    && required.contains(index(row.columns().get(i)))) {
                throw ProjectionException.because("null in %s.%s, which is not nullable"
                        .formatted(table.name(), row.columns().get(i)));
            }
        }
    }

    int index(String column) {
        Integer index = indexes.get(column);
        if (index == null) {
            throw new IllegalStateException("Unknown column " + table.name() + "." + column);
        }
        return index;
    }

    void write(@Nullable Object[] values, CopyBinaryEncoder encoder) {
        encoder.beginRow(values.length);
        for (int i = 0; i < values.length; i++) {
            try {
                encoder.put(types.get(i), values[i] == DEFAULT ? defaults.get(i) : values[i]);
            } catch (ClassCastException | ArithmeticException e) {
                throw ProjectionException.because("a value of the wrong type or range for %s.%s"
                        .formatted(table.name(), List.copyOf(indexes.keySet()).get(i)));
            }
        }
    }
}
