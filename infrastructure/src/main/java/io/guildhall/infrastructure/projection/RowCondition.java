package io.guildhall.infrastructure.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Selects rows by the value of one lookup column and, optionally, further conditions. */
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

    /** @param isConstant whether the value is a literal of the statement instead of a parameter */
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

    private static final Pattern CONSTANT = Pattern.compile("[A-Z_]+");

    private final List<Condition> conditions = new ArrayList<>();

    private RowCondition() {}

    /** @param column a lookup column of the table */
    public static RowCondition is(String column, Object value) {
        return new RowCondition().add(column, Relation.IS, value, false);
    }

    /**
     * @param word a constant of the code, never a value of an event: it becomes a literal, so that a partial index can
     *     match it
     */
    public RowCondition andIsNot(String column, String word) {
        if (!CONSTANT.matcher(word).matches()) {
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

    /** The lookup column. */
    String column() {
        return conditions.getFirst().column();
    }

    Object value() {
        return conditions.getFirst().value();
    }

    /** The condition with an upper bound, or null. */
    @Nullable Condition upTo() {
        return conditions.stream()
                .filter(each -> each.relation() == Relation.UP_TO)
                .findFirst()
                .orElse(null);
    }

    /** The parameters, in order. */
    List<Object> values() {
        return parameters().map(Condition::value).toList();
    }

    /** The columns of {@link #values}. */
    List<String> columnsOfValues() {
        return parameters().map(Condition::column).toList();
    }

    private Stream<Condition> parameters() {
        return conditions.stream().filter(each -> !each.isConstant());
    }

    List<String> columns() {
        return conditions.stream().map(Condition::column).toList();
    }

    boolean holds(Function<String, @Nullable Object> row) {
        return conditions.stream().allMatch(each -> each.holds(row.apply(each.column())));
    }

    /** @param value the placeholder of the n-th of the {@link #values} */
    String sql(IntFunction<String> value) {
        var terms = new ArrayList<String>();
        int parameter = 0;
        for (Condition each : conditions) {
            terms.add(each.column() + " " + each.relation().sql + " "
                    + (each.isConstant() ? "'" + each.value() + "'" : value.apply(parameter++)));
        }
        return String.join(" and ", terms);
    }
}
