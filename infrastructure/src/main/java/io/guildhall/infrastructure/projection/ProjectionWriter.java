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
 * Where projections put what they write: collected over the whole unit of work, and sent in the order in which it came when
 * it prepares to commit, in its transaction. A command's few statements go together in one round trip, many as JDBC batches; a
 * rebuild gathers rows instead ({@link BulkWriter}), and so does a unit of work with many events. Handlers must not read what they have put here.
 *
 * <p>A statement that must touch a row and touches none fails the unit of work: a projection that skips quietly is a lie. So does
 * every other that fails, unless it was put {@link #apart}.
 */
public class ProjectionWriter {

    private static final String KEY = ProjectionWriter.class.getName();
    private static final String PUTTING = KEY + ".putting";

    /** Of more, the texts would be too many different ones to be kept prepared. */
    private static final int MOST_TOGETHER = 12;

    private final JdbcTemplate jdbc;

    /** Of the tables that rows were gathered for. They change with the version of the service alone. */
    private final Map<String, TableMetadata> tableMetadata = new ConcurrentHashMap<>();

    public ProjectionWriter(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The statement that goes in front of all others: what it returns, and what it means when they fail. */
    public interface First {

        /** @param rows what the statement returned */
        void returned(ResultSet projectionWriter) throws SQLException;

        /** What to throw instead, or null for what Spring makes of it. */
        @Nullable RuntimeException meaning(SQLException failure);
    }

    /** What is done with something that is to fail by itself and not together with everything else. */
    public interface Apart {

        void handle() throws Exception;

        /** Asked just before what was put is sent. */
        boolean isStillWanted();

        /** Instead: nothing of it has happened. */
        void notDone(@Nullable ProjectionException failure);
    }

    private record Statement(
            String sql,
            @Nullable Object[] arguments,
            boolean mustTouch,
            @Nullable First first,
            @Nullable Apart apart) {

        void requireTouched(int projectionWriter) {
            if (mustTouch && projectionWriter == 0) {
                throw ProjectionException.because("no row touched by " + sql);
            }
        }
    }

    /**
     * A statement that returns rows, to be sent before all others of the unit of work: an append of events, so that a lost race
     * is noticed before anything else is tried. Its text may begin with statements that return none, such as those that lock. There is
     * one per unit of work and sending at most.
     */
    public void putFirst(String sql, @Nullable Object[] arguments, First first) {
        collected().addFirst(new Statement(sql, storable(arguments), false, first, null));
    }

    /** A statement that may touch no row, such as an insert that ignores a repeated delivery. */
    public void put(String sql, @Nullable Object... arguments) {
        collected().add(new Statement(sql, storable(arguments), false, null, putting()));
    }

    /** A statement that must touch a row. */
    public void touch(String sql, @Nullable Object... arguments) {
        collected().add(new Statement(sql, storable(arguments), true, null, putting()));
    }

    /** Adds a row, unless it is there already: by its key, or by whatever else must be unique. */
    public void insert(TableDefinition tableDefinition, RowValues row) {
        BulkWriter bulk = bulk();
        if (bulk != null) {
            bulk.of(tableDefinition).insert(row);
        } else {
            put(row.insertInto(tableDefinition.name()), values(row));
        }
    }

    /** Changes the row of this key, which there must be. */
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

    /** Deletes the row of this key, if there is one. */
    public void delete(TableDefinition tableDefinition, UUID key) {
        BulkWriter bulk = bulk();
        if (bulk != null) {
            bulk.of(tableDefinition).delete(key);
        } else {
            put("delete from " + tableDefinition.name() + " where " + tableDefinition.id() + " = ?", key);
        }
    }

    /** Changes all these rows, if there are any. */
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

    /** Deletes all these rows, if there are any. */
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
     * For a unit of work with many events: what is put into projections' tables from now on is gathered, and sent by statements
     * whose number does not grow with the rows. One row that cannot be stored fails all of them.
     */
    public void gather() {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        if (root.getResource(BulkWriter.KEY) == null) {
            new BulkWriter(jdbc, tableMetadata).gather(root);
            collected();
        }
    }

    private static @Nullable BulkWriter bulk() {
        return CurrentUnitOfWork.get().root().getResource(BulkWriter.KEY);
    }

    private static @Nullable Object[] values(RowValues row, Object... more) {
        return Stream.<@Nullable Object>concat(row.arguments(), Stream.of(more)).toArray();
    }

    /**
     * Does something whose failure is not to be everybody's: what it writes at once and what it puts is undone when it cannot be
     * done, and only then. Each needs a savepoint or two; so this is for when something is known to fail.
     */
    public void apart(Apart work) throws Exception {
        List<Statement> collected = collected();
        int before = collected.size();
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        jdbc.execute("savepoint handling");
        root.resources().put(PUTTING, work);
        try {
            work.handle();
            jdbc.execute("release savepoint handling");
        } catch (Exception failure) {
            if (!(ProjectionException.meaning(failure) instanceof ProjectionException lasting)) {
                throw failure;
            }
            collected.subList(before, collected.size()).clear();
            jdbc.execute("rollback to savepoint handling");
            root.resources().remove(PUTTING);
            work.notDone(lasting);
        } finally {
            root.resources().remove(PUTTING);
        }
    }

    private static @Nullable Apart putting() {
        return CurrentUnitOfWork.get().root().getResource(PUTTING);
    }

    private static @Nullable Object[] storable(@Nullable Object[] arguments) {
        return Arrays.stream(arguments)
                .map(it -> switch (it) {
                    case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                    case RowValues.Json json -> json.text();
                    case null, default -> it;
                })
                .toArray();
    }

    private List<Statement> collected() {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        return root.getOrComputeResource(KEY, key -> {
            List<Statement> statements = new ArrayList<>();
            root.onPrepareCommit(work -> {
                // What comes from now on, while others still prepare to commit, is collected and sent anew.
                root.resources().remove(KEY);
                send(statements, (BulkWriter) root.resources().remove(BulkWriter.KEY));
            });
            return statements;
        });
    }

    private void send(List<Statement> statements, @Nullable BulkWriter gathered) {
        if (gathered == null) {
            send(statements);
            return;
        }
        boolean append = !statements.isEmpty() && statements.getFirst().first() != null;
        send(append ? statements.subList(0, 1) : List.of());
        lasting(gathered::flush);
        send(append ? statements.subList(1, statements.size()) : statements);
    }

    private void send(List<Statement> statements) {
        if (statements.isEmpty()) {
            return;
        }
        if (statements.stream().anyMatch(each -> each.apart() != null)) {
            sendApart(statements);
        } else if (statements.size() <= MOST_TOGETHER) {
            sendTogether(statements);
        } else if (statements.getFirst().first() != null) {
            sendTogether(statements.subList(0, 1));
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
                these.forEach(each -> sendTogether(List.of(each)));
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
            statements.forEach(each -> sendTogether(List.of(each)));
            jdbc.execute("release savepoint sending");
        } catch (ProjectionException failure) {
            jdbc.execute("rollback to savepoint sending");
            apart.notDone(failure);
        }
    }

    private void sendTogether(List<Statement> statements) {
        lasting(() -> executeTogether(statements));
    }

    private void executeTogether(List<Statement> statements) {
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
        lasting(() -> {
            int[] touched = batch.size() == 1
                    ? new int[] {jdbc.update(first.sql(), first.arguments())}
                    : jdbc.batchUpdate(
                            first.sql(),
                            batch.stream().map(Statement::arguments).toList());
            for (int projectionWriter : touched) {
                first.requireTouched(projectionWriter);
            }
        });
    }

    /** @throws ProjectionException for what the database will say no to again */
    private static void lasting(Runnable sending) {
        try {
            sending.run();
        } catch (DataAccessException failure) {
            throw ProjectionException.meaning(failure) instanceof ProjectionException lasting ? lasting : failure;
        }
    }
}
