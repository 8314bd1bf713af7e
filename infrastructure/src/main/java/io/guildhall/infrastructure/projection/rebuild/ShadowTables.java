package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.TableDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of a new generation: the same names in a schema of their own, so that a projection writes to them unchanged when
 * the transaction's search path begins there.
 */
class ShadowTables {

    private static final String SCHEMA = "next_generation";

    /** For all indexes that are made at the same time. */
    private static final int MEMORY_MB = 256;

    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);

    private static final int LOCK_ATTEMPTS = 15;

    /** SQLSTATE of a lock that was waited for until {@code lock_timeout}, which Spring does not translate. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** A part of a partitioned table, and what of it lies there. */
    private record Partition(String table, String bound) {}

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final List<Projection> projections;
    private final List<String> tables;

    ShadowTables(JdbcTemplate jdbc, TransactionTemplate transaction, List<Projection> projections) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.projections = projections;
        this.tables = projections.stream().map(Projection::name).toList();
    }

    /** An index of a table in use, or of a part of it. */
    private record Index(
            String table, String name, @Nullable String constraint, String definition, String firstColumn) {

        /** Without it, writing would have to look through the table. */
        boolean isNeededBy(TableDefinition written) {
            return written.changes()
                    && (written.foundBy().contains(firstColumn)
                            || constraint != null && written.key().equals(List.of(firstColumn)));
        }
    }

    /**
     * Empty tables with the columns, partitions and storage settings of those in use.
     *
     * @param whole with all indexes, too; otherwise with those only that writing needs, until {@link #complete}
     */
    void prepare(boolean whole) {
        jdbc.execute("create schema if not exists " + SCHEMA);
        for (Projection projection : projections) {
            String table = projection.name();
            jdbc.execute("drop table if exists " + next(table));
            List<Partition> partitions = partitions("public." + table);
            prepare(
                    table,
                    partitions.isEmpty()
                            ? ""
                            : " partition by "
                                    + jdbc.queryForObject(
                                            "select pg_get_partkeydef(?::regclass)", String.class, "public." + table));
            for (Partition partition : partitions) {
                prepare(partition.table(), "");
                jdbc.execute("alter table " + next(table) + " attach partition " + next(partition.table()) + " "
                        + partition.bound());
            }
            indexes(table).stream()
                    .filter(index -> whole || index.isNeededBy(projection.table()))
                    .forEach(this::create);
        }
    }

    private void prepare(String table, String partitioned) {
        jdbc.execute("create table " + next(table) + " (like public." + table + " including all excluding indexes)"
                + partitioned);
        List<String> settings = jdbc.queryForList(
                "select unnest(reloptions) from pg_class where oid = ?::regclass", String.class, "public." + table);
        if (!settings.isEmpty()) {
            jdbc.execute("alter table " + next(table) + " set (" + String.join(", ", settings) + ")");
        }
    }

    /**
     * Makes the indexes that are missing, under the names that they have in use, and statistics. Each of them by itself: what is there
     * when a process is killed in between needs not to be made again.
     *
     * @param atOnce so many at the same time
     * @throws org.springframework.dao.DataIntegrityViolationException when two rows claim what only one can have
     */
    void complete(int atOnce) {
        List<Index> missing = tables.stream()
                .flatMap(table -> indexes(table).stream())
                .filter(index -> isThere(next(index.table())) && !isThere(next(index.name())))
                .toList();
        // Creating a constraint locks its table against other indexes, and so does ANALYZE.
        all(missing.stream().filter(index -> index.constraint() != null), this::create, atOnce);
        all(missing.stream().filter(index -> index.constraint() == null), this::create, atOnce);
        all(tables.stream(), table -> jdbc.execute("analyze " + next(table)), atOnce);
    }

    private <T> void all(Stream<T> things, Consumer<T> work, int atOnce) {
        try (ExecutorService builders = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().name("rebuild completes").daemon().factory())) {
            List<Future<?>> under = new ArrayList<>();
            things.forEach(thing -> under.add(builders.submit(() -> transaction.executeWithoutResult(status -> {
                withoutSocketTimeout();
                jdbc.execute("set local maintenance_work_mem = '%dMB'".formatted(MEMORY_MB / atOnce));
                work.accept(thing);
            }))));
            under.forEach(AsyncBatchWriter::await);
        }
    }

    /** For the rest of the transaction: creating an index takes longer than any request may. */
    private void withoutSocketTimeout() {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            connection.setNetworkTimeout(Runnable::run, 0);
            return true;
        });
    }

    /** Those of its partitions, too. */
    private List<Index> indexes(String table) {
        return jdbc.query(
                """
                select t.relname, i.relname, c.conname, coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.oid)),
                       pg_get_indexdef(i.oid, 1, true)
                from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
                left join pg_constraint c on c.conindid = i.oid and c.conrelid = x.indrelid
                where x.indrelid = ?::regclass or x.indrelid in (select inhrelid from pg_inherits where inhparent = ?::regclass)
                order by t.relname, x.indisprimary desc, i.relname
                """,
                (row, n) -> new Index(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                "public." + table,
                "public." + table);
    }

    private void create(Index index) {
        jdbc.execute(
                index.constraint() == null
                        ? index.definition().replaceFirst(" ON public\\.", " ON " + SCHEMA + ".")
                        : "alter table %s add constraint %s %s"
                                .formatted(next(index.table()), index.constraint(), index.definition()));
    }

    private boolean isThere(String relation) {
        return Boolean.TRUE.equals(jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, relation));
    }

    private List<Partition> partitions(String table) {
        return jdbc.query("""
                select c.relname, pg_get_expr(c.relpartbound, c.oid) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass and not i.inhdetachpending order by c.relname
                """, (row, n) -> new Partition(row.getString(1), row.getString(2)), table);
    }

    boolean isPrepared() {
        return tables.stream().allMatch(table -> isThere(next(table)));
    }

    /** For the rest of the transaction, the projections' statements go to the new tables. */
    void writeHere() {
        jdbc.execute("set local search_path = " + SCHEMA + ", public");
    }

    /** As {@link #writeHere}; what the database loses of it when it is killed is written once more, as how far it got is lost with it. */
    void writeHereForNow() {
        jdbc.execute("set local synchronous_commit = off; set local search_path = " + SCHEMA + ", public");
    }

    /**
     * In the caller's transaction: from its commit on, everybody reads and writes the new tables.
     *
     * @param status of the caller's transaction
     * @throws UncategorizedSQLException when long queries keep the tables in use
     */
    void takeOver(TransactionStatus status) {
        lockInUse(status);
        for (String table : tables) {
            List<Partition> partitions = partitions(next(table));
            jdbc.execute("drop table public." + table);
            jdbc.execute("alter table " + next(table) + " set schema public");
            partitions.forEach(
                    partition -> jdbc.execute("alter table " + next(partition.table()) + " set schema public"));
        }
    }

    /**
     * Locks all tables or none, so that a query over several of them, which locks them in another order, is no deadlock: all waits are
     * shorter than PostgreSQL's {@code deadlock_timeout}, and queries go on between two attempts.
     */
    private void lockInUse(TransactionStatus status) {
        String inUse = tables.stream().map(table -> "public." + table).collect(Collectors.joining(", "));
        jdbc.execute("set local lock_timeout = '%dms'".formatted(LOCK_TIMEOUT.toMillis()));
        for (int attempt = 1; ; attempt++) {
            Object unlocked = status.createSavepoint();
            try {
                jdbc.execute("lock table " + inUse + " in access exclusive mode");
                jdbc.execute("set local lock_timeout to default");
                return;
            } catch (UncategorizedSQLException failure) {
                if (attempt < LOCK_ATTEMPTS
                        && failure.getSQLException() instanceof SQLException cause
                        && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                    status.rollbackToSavepoint(unlocked);
                } else {
                    throw failure;
                }
            }
        }
    }

    void discard() {
        tables.forEach(table -> jdbc.execute("drop table if exists " + next(table)));
    }

    /** @param snapshot sees both generations at one position */
    List<Difference> differences(JdbcTemplate snapshot) {
        return projections.stream()
                .map(projection -> compare(projection, snapshot))
                .filter(Difference::any)
                .toList();
    }

    /** A hash over all rows of each; where they differ, some rows that only one of them has. */
    private static Difference compare(Projection projection, JdbcTemplate snapshot) {
        String table = projection.name();
        String inUseRows = projection.compared().formatted("public." + table);
        String builtRows = projection.compared().formatted(next(table));
        String hash = "select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) from (%s) t";
        String inUse = snapshot.queryForObject(hash.formatted(inUseRows), String.class);
        String built = snapshot.queryForObject(hash.formatted(builtRows), String.class);
        if (inUse != null && inUse.equals(built)) {
            return new Difference(table, inUse, inUse, List.of(), List.of());
        }
        return new Difference(
                table,
                String.valueOf(inUse),
                String.valueOf(built),
                onlyIn(inUseRows, builtRows, snapshot),
                onlyIn(builtRows, inUseRows, snapshot));
    }

    /** Keys, not whole rows: a report is no place for names and addresses. */
    private static List<String> onlyIn(String one, String other, JdbcTemplate snapshot) {
        return snapshot.queryForList(
                "select split_part(ltrim(row, '('), ',', 1) from (select t::text as row from (%s) t except select o::text from (%s) o limit 5) d"
                        .formatted(one, other),
                String.class);
    }

    private static String next(String table) {
        return SCHEMA + "." + table;
    }

    /**
     * One table compared.
     *
     * @param inUse number of rows and hash of those in use
     * @param built likewise of the new ones
     */
    record Difference(String table, String inUse, String built, List<String> onlyInUse, List<String> onlyBuilt) {

        boolean any() {
            return !inUse.equals(built);
        }

        String sentence() {
            return "%s: rows and hash %s in use, %s rebuilt; only in use: %s; only rebuilt: %s"
                    .formatted(table, inUse, built, onlyInUse, onlyBuilt);
        }
    }
}
