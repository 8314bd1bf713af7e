package io.guildhall.infrastructure.projection;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Collects the SQL statements of projections over a unit of work and sends them, in order, in the prepare-commit phase
 * and in its transaction. Up to {@value #MAX_STATEMENTS_PER_ROUND_TRIP} statements take one round trip; more are sent
 * as JDBC batches. A rebuild or a large unit of work buffers rows instead ({@link BulkWriter}). Handlers must not read
 * what they have written here.
 *
 * <p>A failed statement fails the unit of work, unless it belongs to {@link #apart}. So does a statement that changes
 * no row although it must.
 */
public class ProjectionWriter {

    private static final String KEY = ProjectionWriter.class.getName();
    private static final String SAVEPOINT_WORK = KEY + ".savepoint";

    /** The driver caches prepared statements by text; longer combinations would rarely repeat. */
    private static final int MAX_STATEMENTS_PER_ROUND_TRIP = 12;

    private final JdbcTemplate jdbc;

    /** Cached: columns change only with the version of the service. */
    private final Map<String, TableMetadata> tableMetadata = new ConcurrentHashMap<>();

    public ProjectionWriter(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Handles the result of the statement that is sent before all others. */
    public interface First {

        void returned(ResultSet rows) throws SQLException;

        /** Returns the exception to throw for a failure, or null to let Spring translate it. */
        @Nullable RuntimeException meaning(SQLException failure);
    }

    /** Work whose permanent failure does not fail the unit of work. */
    public interface Apart {

        void handle() throws Exception;

        /** Called just before the work's statements are sent; false skips them. */
        boolean isStillWanted();

        /**
         * Called after the work was rolled back or skipped.
         *
         * @param failure null if it was skipped
         */
        void notDone(@Nullable ProjectionException failure);
    }

    private record Statement(
            String sql,
            @Nullable Object[] arguments,
            boolean expectsRow,
            @Nullable First first,
            @Nullable Apart apart) {

        void requireRow(int changed) {
            if (expectsRow && changed == 0) {
                throw ProjectionException.because("no row changed by " + sql);
            }
        }
    }

    /**
     * Adds a statement that returns rows and is sent before all others: the append of events, so that a lost race is
     * detected first. Its text may begin with statements that return no rows, such as locks. At most one per unit of
     * work.
     */
    public void putFirst(String sql, @Nullable Object[] arguments, First first) {
        statements().addFirst(new Statement(sql, toJdbc(arguments), false, first, null));
    }

    /** Adds a statement that may change no row, such as an insert that ignores a repeated delivery. */
    public void put(String sql, @Nullable Object... arguments) {
        statements().add(new Statement(sql, toJdbc(arguments), false, null, savepointWork()));
    }

    /** Adds a statement that must change a row; otherwise the unit of work fails. */
    public void touch(String sql, @Nullable Object... arguments) {
        statements().add(new Statement(sql, toJdbc(arguments), true, null, savepointWork()));
    }

    /** Inserts a row, unless it conflicts with an existing one on the primary key or a unique index. */
    public void insert(TableDefinition tableDefinition, RowValues row) {
        BulkWriter bulk = bulk();
        if (bulk != null) {
            bulk.of(tableDefinition).insert(row);
        } else {
            put(row.insertInto(tableDefinition.name()), values(row));
        }
    }

    /** Updates the row of this key, which must exist. */
    public void update(TableDefinition tableDefinition, UUID key, RowValues changes) {
        BulkWriter bulk = bulk();
        if (bulk != null) {
            bulk.of(tableDefinition).update(key, changes);
        } else {
            touch(
                    changes.update(tableDefinition.name()) + " where " + tableDefinition.id() + " = ?",
                    values(changes, key));
        }
    }

    /** Deletes the row of this key if it exists. */
    public void delete(TableDefinition tableDefinition, UUID key) {
        BulkWriter bulk = bulk();
        if (bulk != null) {
            bulk.of(tableDefinition).delete(key);
        } else {
            put("delete from " + tableDefinition.name() + " where " + tableDefinition.id() + " = ?", key);
        }
    }

    /** Updates all matching rows. */
    public void updateWhere(TableDefinition tableDefinition, RowCondition which, RowValues changes) {
        BulkWriter bulk = bulk();
        if (bulk != null) {
            bulk.of(tableDefinition).updateWhere(which, changes);
        } else {
            put(
                    changes.update(tableDefinition.name()) + " where " + which.sql(i -> "?"),
                    values(changes, which.values().toArray()));
        }
    }

    /** Deletes all matching rows. */
    public void deleteWhere(TableDefinition tableDefinition, RowCondition which) {
        BulkWriter bulk = bulk();
        if (bulk != null) {
            bulk.of(tableDefinition).deleteWhere(which);
        } else {
            put(
                    "delete from " + tableDefinition.name() + " where " + which.sql(i -> "?"),
                    which.values().toArray());
        }
    }

    /**
     * Buffers all further rows of the current unit of work and sends them in bulk. For units of work with many events:
     * the number of statements does not grow with the rows. One row that cannot be stored fails all of them.
     */
    public void gather() {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        if (root.getResource(BulkWriter.KEY) == null) {
            new BulkWriter(jdbc, tableMetadata).gather(root);
            statements();
        }
    }

    private static @Nullable BulkWriter bulk() {
        return CurrentUnitOfWork.get().root().getResource(BulkWriter.KEY);
    }

    private static @Nullable Object[] values(RowValues row, Object... more) {
        return Stream.<@Nullable Object>concat(row.arguments(), Stream.of(more)).toArray();
    }

    /**
     * Runs work in savepoints of its own. A permanent failure undoes only this work, both its statements and what it
     * wrote directly. Costs up to two savepoints, so it is used only after a unit of work has failed.
     */
    public void apart(Apart work) throws Exception {
        List<Statement> statements = statements();
        int before = statements.size();
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        jdbc.execute("savepoint handling");
        root.resources().put(SAVEPOINT_WORK, work);
        try {
            work.handle();
            jdbc.execute("release savepoint handling");
        } catch (Exception failure) {
            if (!(ProjectionException.meaning(failure) instanceof ProjectionException permanent)) {
                throw failure;
            }
            statements.subList(before, statements.size()).clear();
            jdbc.execute("rollback to savepoint handling");
            root.resources().remove(SAVEPOINT_WORK);
            work.notDone(permanent);
        } finally {
            root.resources().remove(SAVEPOINT_WORK);
        }
    }

    private static @Nullable Apart savepointWork() {
        return CurrentUnitOfWork.get().root().getResource(SAVEPOINT_WORK);
    }

    private static @Nullable Object[] toJdbc(@Nullable Object[] arguments) {
        return Arrays.stream(arguments)
                .map(it -> switch (it) {
                    case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                    case RowValues.Json json -> json.text();
                    case null, default -> it;
                })
                .toArray();
    }

    private List<Statement> statements() {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        return root.getOrComputeResource(KEY, key -> {
            List<Statement> statements = new ArrayList<>();
            root.onPrepareCommit(work -> {
                // Statements that later prepare-commit handlers add are collected and sent separately.
                root.resources().remove(KEY);
                send(statements, (BulkWriter) root.resources().remove(BulkWriter.KEY));
            });
            return statements;
        });
    }

    private void send(List<Statement> statements, @Nullable BulkWriter buffered) {
        if (buffered == null) {
            send(statements);
            return;
        }
        boolean append = !statements.isEmpty() && statements.getFirst().first() != null;
        send(append ? statements.subList(0, 1) : List.of());
        translatingFailures(buffered::flush);
        send(append ? statements.subList(1, statements.size()) : statements);
    }

    private void send(List<Statement> statements) {
        if (statements.isEmpty()) {
            return;
        }
        if (statements.stream().anyMatch(each -> each.apart() != null)) {
            sendApart(statements);
        } else if (statements.size() <= MAX_STATEMENTS_PER_ROUND_TRIP) {
            sendInOneRoundTrip(statements);
        } else if (statements.getFirst().first() != null) {
            sendInOneRoundTrip(statements.subList(0, 1));
            sendInBatches(statements.subList(1, statements.size()));
        } else {
            sendInBatches(statements);
        }
    }

    private void sendApart(List<Statement> statements) {
        int from = 0;
        while (from < statements.size()) {
            Apart apart = statements.get(from).apart();
            int to = from + 1;
            while (to < statements.size() && statements.get(to).apart() == apart) {
                to++;
            }
            List<Statement> these = statements.subList(from, to);
            if (apart == null) {
                these.forEach(each -> sendInOneRoundTrip(List.of(each)));
            } else {
                sendApart(apart, these);
            }
            from = to;
        }
    }

    private void sendApart(Apart apart, List<Statement> statements) {
        if (!apart.isStillWanted()) {
            apart.notDone(null);
            return;
        }
        jdbc.execute("savepoint sending");
        try {
            statements.forEach(each -> sendInOneRoundTrip(List.of(each)));
            jdbc.execute("release savepoint sending");
        } catch (ProjectionException failure) {
            jdbc.execute("rollback to savepoint sending");
            apart.notDone(failure);
        }
    }

    private void sendInOneRoundTrip(List<Statement> statements) {
        translatingFailures(() -> executeInOneRoundTrip(statements));
    }

    private void executeInOneRoundTrip(List<Statement> statements) {
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
            if (first != null) {
                while (all.getResultSet() == null) {
                    all.getMoreResults();
                }
            }
            for (Statement statement : statements) {
                if (statement.first() == null) {
                    statement.requireRow(all.getUpdateCount());
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
        translatingFailures(() -> {
            int[] counts = batch.size() == 1
                    ? new int[] {jdbc.update(first.sql(), first.arguments())}
                    : jdbc.batchUpdate(
                            first.sql(),
                            batch.stream().map(Statement::arguments).toList());
            for (int changed : counts) {
                first.requireRow(changed);
            }
        });
    }

    /** @throws ProjectionException for a failure that a retry would repeat */
    private static void translatingFailures(Runnable sending) {
        try {
            sending.run();
        } catch (DataAccessException failure) {
            throw ProjectionException.meaning(failure) instanceof ProjectionException permanent ? permanent : failure;
        }
    }
}
