package io.guildhall.query.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where projections put their statements: collected over the whole unit of work, and sent in the order in which they came when
 * it prepares to commit, in its transaction. A command's few go together in one round trip, a rebuild's many as JDBC batches.
 * Handlers must not read what they have put here.
 *
 * <p>A statement that must touch a row and touches none fails the unit of work: a projection that skips quietly is a lie.
 */
public class Rows {

    private static final String KEY = Rows.class.getName();

    /** Of more, the texts would be too many different ones to be kept prepared. */
    private static final int MOST_TOGETHER = 12;

    private final JdbcTemplate jdbc;

    public Rows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The statement that goes in front of all others: what it returns, and what it means when they fail. */
    public interface First {

        /** @param rows what the statement returned */
        void returned(ResultSet rows) throws SQLException;

        /** What to throw instead, or null for what Spring makes of it. */
        @Nullable RuntimeException meaning(SQLException failure);
    }

    private record Statement(
            String sql,
            @Nullable Object[] arguments,
            boolean mustTouch,
            @Nullable First first) {

        void requireTouched(int rows) {
            if (mustTouch && rows == 0) {
                throw new IllegalStateException("A projection touched no row: " + sql);
            }
        }
    }

    /**
     * A statement that returns rows, to be sent before all others of the unit of work: an append of events, so that a lost race
     * is noticed before anything else is tried. There is one per unit of work and sending at most.
     */
    public void putFirst(String sql, @Nullable Object[] arguments, First first) {
        collected().addFirst(new Statement(sql, storable(arguments), false, first));
    }

    /** A statement that may touch no row, such as an insert that ignores a repeated delivery. */
    public void put(String sql, @Nullable Object... arguments) {
        collected().add(new Statement(sql, storable(arguments), false, null));
    }

    /** A statement that must touch a row. */
    public void touch(String sql, @Nullable Object... arguments) {
        collected().add(new Statement(sql, storable(arguments), true, null));
    }

    /** For reset handlers, and at once: forgets everything that was projected into the table. */
    public void startOver(String table) {
        jdbc.execute("truncate table " + table);
    }

    private static @Nullable Object[] storable(@Nullable Object[] arguments) {
        return Arrays.stream(arguments)
                .map(it -> it instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : it)
                .toArray();
    }

    private List<Statement> collected() {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        return root.getOrComputeResource(KEY, key -> {
            List<Statement> statements = new ArrayList<>();
            root.onPrepareCommit(work -> {
                // What comes from now on, while others still prepare to commit, is collected and sent anew.
                root.resources().remove(KEY);
                send(statements);
            });
            return statements;
        });
    }

    private void send(List<Statement> statements) {
        if (statements.size() <= MOST_TOGETHER) {
            sendTogether(statements);
        } else if (statements.getFirst().first() != null) {
            sendTogether(statements.subList(0, 1));
            sendInBatches(statements.subList(1, statements.size()));
        } else {
            sendInBatches(statements);
        }
    }

    private void sendTogether(List<Statement> statements) {
        String sql = statements.stream().map(Statement::sql).collect(Collectors.joining(";\n"));
        Object[] arguments = statements.stream()
                .flatMap(statement -> Arrays.stream(statement.arguments()))
                .toArray();
        First first = statements.getFirst().first();
        jdbc.execute(sql, (PreparedStatement all) -> {
            new ArgumentPreparedStatementSetter(arguments).setValues(all);
            try {
                all.execute();
            } catch (SQLException failure) {
                RuntimeException meaning = first == null ? null : first.meaning(failure);
                if (meaning != null) {
                    throw meaning;
                }
                throw failure;
            }
            for (Statement statement : statements) {
                if (statement.first() == null) {
                    statement.requireTouched(all.getUpdateCount());
                } else {
                    statement.first().returned(all.getResultSet());
                }
                all.getMoreResults();
            }
            return statements.size();
        });
    }

    private void sendInBatches(List<Statement> statements) {
        int from = 0;
        while (from < statements.size()) {
            Statement first = statements.get(from);
            int to = from + 1;
            while (to < statements.size() && statements.get(to).sql().equals(first.sql())) {
                to++;
            }
            send(first, statements.subList(from, to));
            from = to;
        }
    }

    private void send(Statement first, List<Statement> batch) {
        int[] touched = batch.size() == 1
                ? new int[] {jdbc.update(first.sql(), first.arguments())}
                : jdbc.batchUpdate(
                        first.sql(), batch.stream().map(Statement::arguments).toList());
        for (int rows : touched) {
            first.requireTouched(rows);
        }
    }
}
