package io.guildhall.query.rebuild;

import io.guildhall.query.store.Projection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of a new generation: the same names in a schema of their own, so that a projection writes to them unchanged when
 * the transaction's search path begins there.
 */
class Generation {

    private static final String SCHEMA = "next_generation";

    /** A part of a partitioned table, and what of it lies there. */
    private record Partition(String table, String bound) {}

    private final JdbcTemplate jdbc;
    private final List<Projection> projections;
    private final List<String> tables;

    Generation(JdbcTemplate jdbc, List<Projection> projections) {
        this.jdbc = jdbc;
        this.projections = projections;
        this.tables = projections.stream().map(Projection::name).toList();
    }

    /** Empty tables with the columns, indexes, partitions and storage settings of those in use. */
    void prepare() {
        jdbc.execute("create schema if not exists " + SCHEMA);
        for (String table : tables) {
            jdbc.execute("drop table if exists " + next(table));
            List<Partition> partitions = partitions("public." + table);
            if (partitions.isEmpty()) {
                prepare(table, "");
                continue;
            }
            prepare(
                    table,
                    " partition by "
                            + jdbc.queryForObject(
                                    "select pg_get_partkeydef(?::regclass)", String.class, "public." + table));
            for (Partition partition : partitions) {
                prepare(partition.table(), "");
                jdbc.execute("alter table " + next(table) + " attach partition " + next(partition.table()) + " "
                        + partition.bound());
            }
        }
    }

    private void prepare(String table, String partitioned) {
        jdbc.execute("create table " + next(table) + " (like public." + table + " including all)" + partitioned);
        List<String> settings = jdbc.queryForList(
                "select unnest(reloptions) from pg_class where oid = ?::regclass", String.class, "public." + table);
        if (!settings.isEmpty()) {
            jdbc.execute("alter table " + next(table) + " set (" + String.join(", ", settings) + ")");
        }
    }

    private List<Partition> partitions(String table) {
        return jdbc.query("""
                select c.relname, pg_get_expr(c.relpartbound, c.oid) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass and not i.inhdetachpending order by c.relname
                """, (row, n) -> new Partition(row.getString(1), row.getString(2)), table);
    }

    boolean isPrepared() {
        return tables.stream()
                .allMatch(table -> Boolean.TRUE.equals(
                        jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, next(table))));
    }

    /** For the rest of the transaction, the projections' statements go to the new tables. */
    void writeHere() {
        jdbc.execute("set local search_path = " + SCHEMA + ", public");
    }

    /** In the caller's transaction: from its commit on, everybody reads and writes the new tables. */
    void takeOver() {
        for (String table : tables) {
            List<Partition> partitions = partitions(next(table));
            jdbc.execute("drop table public." + table);
            jdbc.execute("alter table " + next(table) + " set schema public");
            partitions.forEach(
                    partition -> jdbc.execute("alter table " + next(partition.table()) + " set schema public"));
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
