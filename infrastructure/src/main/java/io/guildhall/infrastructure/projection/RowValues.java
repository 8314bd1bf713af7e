package io.guildhall.infrastructure.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns with their values: a row, or what changes in one. Values are what events have: UUID, text, Instant, boolean, numbers, arrays of text, {@link Json}. */
public final class RowValues {

    /** A text that is JSON, for a column of type jsonb. */
    public record Json(String text) {}

    /**
     * What the database is to compute.
     *
     * @param sql an expression, with %s for each of the arguments
     * @param only when it has to be computed at all; null for always
     */
    public record Computed(
            String sql,
            List<String> types,
            List<@Nullable Object> arguments,
            @Nullable Only only) {

        /** @param argument what stands for an argument */
        String sql(IntFunction<String> argument) {
            return sql.formatted(IntStream.range(0, types.size())
                    .mapToObj(i -> "cast(%s as %s)".formatted(argument.apply(i), types.get(i)))
                    .toArray());
        }
    }

    /**
     * That there is nothing to compute for most of what rows are about: it is asked once for all rows that say the same.
     *
     * @param sql a condition, with %s for a text
     * @param of what the row is about; null for nothing that fulfils it
     * @param otherwise what is computed of rows that do not fulfil it
     */
    public record Only(String sql, @Nullable Object of, String otherwise) {

        String sql(String text) {
            return sql.formatted(text);
        }
    }

    private final List<String> columns = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    private RowValues() {}

    public static RowValues with(String column, @Nullable Object value) {
        return new RowValues().and(column, value);
    }

    public RowValues and(String column, @Nullable Object value) {
        columns.add(column);
        values.add(value);
        return this;
    }

    List<String> columns() {
        return columns;
    }

    List<@Nullable Object> values() {
        return values;
    }

    /** For the places of a statement, in their order. */
    Stream<@Nullable Object> arguments() {
        return values.stream()
                .flatMap(
                        value -> value instanceof Computed computed ? computed.arguments().stream() : Stream.of(value));
    }

    @Nullable Object value(String column) {
        int index = columns.indexOf(column);
        return index < 0 ? null : values.get(index);
    }

    /** With those of a later change instead of the own. */
    void change(RowValues later) {
        for (int i = 0; i < later.columns.size(); i++) {
            int index = columns.indexOf(later.columns.get(i));
            if (index < 0) {
                and(later.columns.get(i), later.values.get(i));
            } else {
                values.set(index, later.values.get(i));
            }
        }
    }

    /** For a statement, with a place for each value. */
    String insertInto(String table) {
        return "insert into %s (%s) values (%s) on conflict do nothing"
                .formatted(
                        table,
                        String.join(", ", columns),
                        values.stream().map(RowValues::place).collect(Collectors.joining(", ")));
    }

    String update(String table) {
        var sql = new StringBuilder("update ").append(table).append(" set ");
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(columns.get(i)).append(" = ").append(place(values.get(i)));
        }
        return sql.toString();
    }

    private static String place(@Nullable Object value) {
        return switch (value) {
            case Json json -> "?::jsonb";
            case Computed computed -> computed.sql(i -> "?");
            case null, default -> "?";
        };
    }
}
