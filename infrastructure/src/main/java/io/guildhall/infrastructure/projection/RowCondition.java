package io.guildhall.infrastructure.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which rows are meant: those with one value in a column that they are found by, and perhaps not all of them. */
public final class RowCondition {

    private enum Relation {
        IS("="),
        IS_NOT("<>"),
        UP_TO("<=");

        private final String sql;

        Relation(String sql) {
            this.sql = sql;
        }
    }

    /** @param isConstant whether the value is the same in every statement, and so part of it */
    record Condition(String column, Relation relation, Object value, boolean isConstant) {

        @SuppressWarnings("unchecked")
        boolean holds(@Nullable Object actual) {
            return actual != null
                    && switch (relation) {
                        case IS -> actual.equals(value);
                        case IS_NOT -> !actual.equals(value);
                        case UP_TO -> ((Comparable<Object>) actual).compareTo(value) <= 0;
                    };
        }
    }

    private static final Pattern WORD = Pattern.compile("[A-Z_]+");

    private final List<Condition> conditions = new ArrayList<>();

    private RowCondition() {}

    /** @param column one that rows of the table are found by */
    public static RowCondition is(String column, Object value) {
        return new RowCondition().add(column, Relation.IS, value, false);
    }

    /** @param word one of the code's own, not of an event: only as a part of the statement can it be what an index is restricted to */
    public RowCondition andIsNot(String column, String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException(word);
        }
        return add(column, Relation.IS_NOT, word, true);
    }

    public RowCondition andUpTo(String column, Object value) {
        return add(column, Relation.UP_TO, value, false);
    }

    private RowCondition add(String column, Relation relation, Object value, boolean isConstant) {
        conditions.add(new Condition(column, relation, value, isConstant));
        return this;
    }

    /** Of the first condition. */
    String column() {
        return conditions.getFirst().column();
    }

    Object value() {
        return conditions.getFirst().value();
    }

    /** The condition whose column may be at most its value; null when there is none. */
    @Nullable Condition upTo() {
        return conditions.stream()
                .filter(each -> each.relation() == Relation.UP_TO)
                .findFirst()
                .orElse(null);
    }

    /** Those that are no constants, in their order. */
    List<Object> values() {
        return given().map(Condition::value).toList();
    }

    /** The columns of {@link #values}. */
    List<String> columnsOfValues() {
        return given().map(Condition::column).toList();
    }

    private Stream<Condition> given() {
        return conditions.stream().filter(each -> !each.isConstant());
    }

    List<String> columns() {
        return conditions.stream().map(Condition::column).toList();
    }

    boolean holds(Function<String, @Nullable Object> row) {
        return conditions.stream().allMatch(each -> each.holds(row.apply(each.column())));
    }

    /** @param value what stands for one of the {@link #values} */
    String sql(IntFunction<String> value) {
        var numbered = new ArrayList<String>();
        int number = 0;
        for (Condition each : conditions) {
            numbered.add(each.column() + " " + each.relation().sql + " "
                    + (each.isConstant() ? "'" + each.value() + "'" : value.apply(number++)));
        }
        return String.join(" and ", numbered);
    }
}
