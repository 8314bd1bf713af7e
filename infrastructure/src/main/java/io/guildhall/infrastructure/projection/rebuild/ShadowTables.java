package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.infrastructure.datasource.DatabaseFailures;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.TableDefinition;
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
 * Tables under construction by a rebuild: the same names in a separate schema. Projections write to them unchanged
 * while the transaction's search path begins with that schema.
 */
class ShadowTables {

    private static final String SCHEMA = "next_generation";

    /** Shared by all indexes that are created in parallel. */
    private static final int INDEX_MEMORY_MB = 256;

    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);

    private static final int LOCK_ATTEMPTS = 15;

    /** A partition and its bounds. */
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

    /** An index of a table in use or of one of its partitions. */
    private record Index(
            String table, String name, @Nullable String constraint, String definition, String firstColumn) {

        /** Whether writes find rows by this index. */
        boolean isNeededBy(TableDefinition written) {
            return written.changes()
                    && (written.foundBy().contains(firstColumn)
                            || constraint != null && written.key().equals(List.of(firstColumn)));
        }
    }

    /**
     * Creates empty tables with the columns, partitions and storage settings of those in use.
     *
     * @param withAllIndexes whether to create all indexes; otherwise only those that writes need, the others by
     *     {@link #complete}
     */
    void prepare(boolean withAllIndexes) {
        jdbc.execute("create schema if not exists " + SCHEMA);
        for (Projection projection : projections) {
            String table = projection.name();
            jdbc.execute("drop table if exists " + shadow(table));
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
                jdbc.execute("alter table " + shadow(table) + " attach partition " + shadow(partition.table()) + " "
                        + partition.bound());
            }
            indexes(table).stream()
                    .filter(index -> withAllIndexes || index.isNeededBy(projection.table()))
                    .forEach(this::create);
        }
    }

    private void prepare(String table, String partitioned) {
        jdbc.execute("create table " + shadow(table) + " (like public." + table + " including all excluding indexes)"
                + partitioned);
        List<String> settings = jdbc.queryForList(
                "select unnest(reloptions) from pg_class where oid = ?::regclass", String.class, "public." + table);
        if (!settings.isEmpty()) {
            jdbc.execute("alter table " + shadow(table) + " set (" + String.join(", ", settings) + ")");
        }
    }

    /**
     * Creates the missing indexes, with their names in use, and gathers statistics. Each index has its own transaction:
     * those that exist after a crash are kept.
     *
     * @param threads number of parallel threads
     * @throws org.springframework.dao.DataIntegrityViolationException if rows violate a unique index
     */
    void complete(int threads) {
        List<Index> missing = tables.stream()
                .flatMap(table -> indexes(table).stream())
                .filter(index -> exists(shadow(index.table())) && !exists(shadow(index.name())))
                .toList();
        // Both creating a constraint and ANALYZE lock the table against creating other indexes.
        inParallel(missing.stream().filter(index -> index.constraint() != null), this::create, threads);
        inParallel(missing.stream().filter(index -> index.constraint() == null), this::create, threads);
        inParallel(tables.stream(), table -> jdbc.execute("analyze " + shadow(table)), threads);
    }

    private <T> void inParallel(Stream<T> items, Consumer<T> work, int threads) {
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("rebuild-indexes").daemon().factory())) {
            List<Future<?>> tasks = new ArrayList<>();
            items.forEach(item -> tasks.add(executor.submit(() -> transaction.executeWithoutResult(status -> {
                withoutSocketTimeout();
                jdbc.execute("set local maintenance_work_mem = '%dMB'".formatted(INDEX_MEMORY_MB / threads));
                work.accept(item);
            }))));
            tasks.forEach(AsyncBatchWriter::await);
        }
    }

    /** Until the end of the transaction: creating an index takes longer than the pool's network timeout. */
    private void withoutSocketTimeout() {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            connection.setNetworkTimeout(Runnable::run, 0);
            return true;
        });
    }

    /** Includes the indexes of partitions. */
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
                                .formatted(shadow(index.table()), index.constraint(), index.definition()));
    }

    private boolean exists(String relation) {
        return Boolean.TRUE.equals(jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, relation));
    }

    private List<Partition> partitions(String table) {
        return jdbc.query("""
                select c.relname, pg_get_expr(c.relpartbound, c.oid) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass and not i.inhdetachpending order by c.relname
                """, (row, n) -> new Partition(row.getString(1), row.getString(2)), table);
    }

    boolean isPrepared() {
        return tables.stream().allMatch(table -> exists(shadow(table)));
    }

    /** Redirects the statements of projections to these tables until the end of the transaction. */
    void writeHere() {
        jdbc.execute("set local search_path = " + SCHEMA + ", public");
    }

    /**
     * Same as {@link #writeHere}, with asynchronous commits. A database crash may lose the last batches together with
     * their position; they are then written again.
     */
    void writeHereForNow() {
        jdbc.execute("set local synchronous_commit = off; set local search_path = " + SCHEMA + ", public");
    }

    /**
     * Swaps the tables in the caller's transaction: after its commit these are in use.
     *
     * @throws UncategorizedSQLException if long queries keep the tables locked
     */
    void takeOver(TransactionStatus status) {
        lockInUse(status);
        for (String table : tables) {
            List<Partition> partitions = partitions(shadow(table));
            jdbc.execute("drop table public." + table);
            jdbc.execute("alter table " + shadow(table) + " set schema public");
            partitions.forEach(
                    partition -> jdbc.execute("alter table " + shadow(partition.table()) + " set schema public"));
        }
    }

    /**
     * Locks all tables or none, with retries. Each wait is shorter than PostgreSQL's {@code deadlock_timeout}, and
     * queries proceed between attempts, so a query that locks the tables in another order causes no deadlock.
     */
    private void lockInUse(TransactionStatus status) {
        String inUse = tables.stream().map(table -> "public." + table).collect(Collectors.joining(", "));
        jdbc.execute("set local lock_timeout = '%dms'".formatted(LOCK_TIMEOUT.toMillis()));
        for (int attempt = 1; ; attempt++) {
            Object savepoint = status.createSavepoint();
            try {
                jdbc.execute("lock table " + inUse + " in access exclusive mode");
                jdbc.execute("set local lock_timeout to default");
                return;
            } catch (UncategorizedSQLException failure) {
                if (attempt == LOCK_ATTEMPTS || !DatabaseFailures.isLockTimeout(failure)) {
                    throw failure;
                }
                status.rollbackToSavepoint(savepoint);
            }
        }
    }

    void discard() {
        tables.forEach(table -> jdbc.execute("drop table if exists " + shadow(table)));
    }

    /** @param snapshot a snapshot of both tables at one position */
    List<Difference> differences(JdbcTemplate snapshot) {
        return projections.stream()
                .map(projection -> compare(projection, snapshot))
                .filter(Difference::any)
                .toList();
    }

    /** Compares hashes over all rows. If they differ, returns some keys that only one table has. */
    private static Difference compare(Projection projection, JdbcTemplate snapshot) {
        String table = projection.name();
        String inUseRows = projection.compared().formatted("public." + table);
        String builtRows = projection.compared().formatted(shadow(table));
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

    /** Returns keys only: rows may contain personal data. */
    private static List<String> onlyIn(String one, String other, JdbcTemplate snapshot) {
        return snapshot.queryForList(
                "select split_part(ltrim(row, '('), ',', 1) from (select t::text as row from (%s) t except select o::text from (%s) o limit 5) d"
                        .formatted(one, other),
                String.class);
    }

    private static String shadow(String table) {
        return SCHEMA + "." + table;
    }

    /**
     * The result of comparing one table.
     *
     * @param inUse number of rows and hash of the table in use
     * @param built number of rows and hash of the rebuilt table
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
