package io.guildhall.query.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which rows are meant: those with one value in a column that they are found by, and perhaps not all of them. */
public final class Where {

    private enum Relation {
        IS("="),
        IS_NOT("<>"),
        UP_TO("<=");

        private final String sql;

        Relation(String sql) {
            this.sql = sql;
        }
    }

    private record Condition(String column, Relation relation, Object value) {

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

    private final List<Condition> conditions = new ArrayList<>();

    private Where() {}

    /** @param column one that rows of the table are found by */
    public static Where is(String column, Object value) {
        return new Where().add(column, Relation.IS, value);
    }

    public Where andIsNot(String column, Object value) {
        return add(column, Relation.IS_NOT, value);
    }

    public Where andUpTo(String column, Object value) {
        return add(column, Relation.UP_TO, value);
    }

    private Where add(String column, Relation relation, Object value) {
        conditions.add(new Condition(column, relation, value));
        return this;
    }

    /** Of the first condition. */
    String column() {
        return conditions.getFirst().column();
    }

    Object value() {
        return conditions.getFirst().value();
    }

    List<Object> values() {
        return conditions.stream().map(Condition::value).toList();
    }

    List<String> columns() {
        return conditions.stream().map(Condition::column).toList();
    }

    boolean holds(Function<String, @Nullable Object> row) {
        return conditions.stream().allMatch(each -> each.holds(row.apply(each.column())));
    }

    /** @param value what stands for the value of a column */
    String sql(Function<Integer, String> value) {
        var numbered = new ArrayList<String>();
        for (int i = 0; i < conditions.size(); i++) {
            Condition each = conditions.get(i);
            numbered.add(each.column() + " " + each.relation().sql + " " + value.apply(i));
        }
        return numbered.stream().collect(Collectors.joining(" and "));
    }
}
