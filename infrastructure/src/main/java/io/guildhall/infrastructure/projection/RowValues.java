package io.guildhall.infrastructure.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Column values of a row, or the changed columns of one. Values are UUID, String, Instant, Boolean, numbers, String
 * arrays, {@link Json} or {@link Computed}.
 */
public final class RowValues {

    /** JSON text for a column of type jsonb. */
    public record Json(String text) {}

    /**
     * A value that the database computes.
     *
     * @param sql an expression, with %s for each argument
     * @param only when to compute it; null for always
     */
    public record Computed(
            String sql,
            List<String> types,
            List<@Nullable Object> arguments,
            @Nullable Only only) {

        /** @param argument the placeholder of the n-th argument */
        String sql(IntFunction<String> argument) {
            return sql.formatted(IntStream.range(0, types.size())
                    .mapToObj(i -> "cast(%s as %s)".formatted(argument.apply(i), types.get(i)))
                    .toArray());
        }
    }

    /**
     * Restricts a computed value to the subjects that fulfil a condition. A bulk write evaluates the condition once for
     * each distinct subject instead of once for each row.
     *
     * @param sql a condition, with %s for the subject as text
     * @param of the subject of the row; null if the condition never holds
     * @param otherwise the value, as text, if the condition does not hold
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

    /** The arguments of a statement, in order. */
    Stream<@Nullable Object> arguments() {
        return values.stream()
                .flatMap(
                        value -> value instanceof Computed computed ? computed.arguments().stream() : Stream.of(value));
    }

    @Nullable Object value(String column) {
        int index = columns.indexOf(column);
        return index < 0 ? null : values.get(index);
    }

    /** Overwrites values with those of a later change. */
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

    String insertInto(String table) {
        return "insert into %s (%s) values (%s) on conflict do nothing"
                .formatted(
                        table,
                        String.join(", ", columns),
                        values.stream().map(RowValues::placeholder).collect(Collectors.joining(", ")));
    }

    String update(String table) {
        var sql = new StringBuilder("update ").append(table).append(" set ");
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(columns.get(i)).append(" = ").append(placeholder(values.get(i)));
        }
        return sql.toString();
    }

    private static String placeholder(@Nullable Object value) {
        return switch (value) {
            case Json json -> "?::jsonb";
            case Computed computed -> computed.sql(i -> "?");
            case null, default -> "?";
        };
    }
}
