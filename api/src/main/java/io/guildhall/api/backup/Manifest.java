package io.guildhall.api.backup;

import java.util.List;

/**
 * What an archive holds.
 *
 * @param format of archives; this code knows one
 * @param schema the last migration of the database
 * @param made when, in ISO 8601
 * @param checkValue by which the master key is known
 * @param identity the root secret under that master key
 * @param projections whose tables are not among these, and are to be made again
 * @param trails of which each line of the entry {@code trails} has the organization, the size and the root
 */
record Manifest(
        int format,
        String schema,
        String made,
        byte[] checkValue,
        byte[] identity,
        List<Table> tables,
        List<String> projections,
        List<Sequence> sequences,
        Part trails) {

    static final int FORMAT = 1;

    static final String ENTRY = "manifest.json";
    static final String SIGNED = "manifest.hmac";

    /**
     * An entry of the archive.
     *
     * @param sha256 of its content, in hexadecimal
     * @param lines how many it has
     */
    record Part(String entry, long lines, String sha256) {}

    /** A table whose rows are an entry, as PostgreSQL's COPY writes them. */
    record Table(String name, List<String> columns, Part rows) {}

    /** The number that an identity column last had. */
    record Sequence(String table, String column, long last) {}

    long rows(String table) {
        return tables.stream()
                .filter(it -> it.name().equals(table))
                .mapToLong(it -> it.rows().lines())
                .sum();
    }
}
