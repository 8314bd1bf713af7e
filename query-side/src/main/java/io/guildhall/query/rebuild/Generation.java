package io.guildhall.query.rebuild;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of a new generation: the same names in a schema of their own, so that a projection writes to them unchanged when
 * the transaction's search path begins there.
 */
class Generation {

    private static final String SCHEMA = "next_generation";

    private final JdbcTemplate jdbc;
    private final List<String> tables;

    Generation(JdbcTemplate jdbc, List<String> tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /** Empty tables with the columns, indexes and storage settings of those in use. */
    void prepare() {
        jdbc.execute("create schema if not exists " + SCHEMA);
        for (String table : tables) {
            jdbc.execute("drop table if exists " + next(table));
            jdbc.execute("create table " + next(table) + " (like public." + table + " including all)");
            List<String> settings = jdbc.queryForList(
                    "select unnest(reloptions) from pg_class where oid = ?::regclass", String.class, "public." + table);
            if (!settings.isEmpty()) {
                jdbc.execute("alter table " + next(table) + " set (" + String.join(", ", settings) + ")");
            }
        }
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
            jdbc.execute("drop table public." + table);
            jdbc.execute("alter table " + next(table) + " set schema public");
        }
    }

    void discard() {
        tables.forEach(table -> jdbc.execute("drop table if exists " + next(table)));
    }

    /** @param snapshot sees both generations at one position */
    List<Difference> differences(JdbcTemplate snapshot) {
        return tables.stream()
                .map(table -> compare(table, snapshot))
                .filter(Difference::any)
                .toList();
    }

    /** A hash over all rows of each; where they differ, some rows that only one of them has. */
    private static Difference compare(String table, JdbcTemplate snapshot) {
        String hash = "select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) from %s t";
        String inUse = snapshot.queryForObject(hash.formatted("public." + table), String.class);
        String built = snapshot.queryForObject(hash.formatted(next(table)), String.class);
        if (inUse != null && inUse.equals(built)) {
            return new Difference(table, inUse, inUse, List.of(), List.of());
        }
        return new Difference(
                table,
                String.valueOf(inUse),
                String.valueOf(built),
                onlyIn("public." + table, next(table), snapshot),
                onlyIn(next(table), "public." + table, snapshot));
    }

    /** Keys, not whole rows: a report is no place for names and addresses. */
    private static List<String> onlyIn(String one, String other, JdbcTemplate snapshot) {
        return snapshot.queryForList(
                "select split_part(ltrim(row, '('), ',', 1) from (select t::text as row from %s t except select o::text from %s o limit 5) d"
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
