package io.guildhall.cli.backup;

import java.util.List;

/**
 * The contents of an archive.
 *
 * @param format the version of the archive's format
 * @param schema the last migration of the database
 * @param made the time of the backup, in ISO 8601
 * @param checkValue identifies the master key
 * @param identity the root secret, encrypted with the master key
 * @param projections the names of the projections to rebuild; their tables are not in the archive
 * @param trails the entry with the organization, the size and the root of each trail, one on a line
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
     * @param sha256 the digest of the content, in hexadecimal
     * @param lines the number of lines
     */
    record Part(String entry, long lines, String sha256) {}

    /** A table. Its rows are an entry in the text format of PostgreSQL's COPY. */
    record Table(String name, List<String> columns, Part rows) {}

    /** The last number of an identity column. */
    record Sequence(String table, String column, long last) {}

    long rows(String table) {
        return tables.stream()
                .filter(it -> it.name().equals(table))
                .mapToLong(it -> it.rows().lines())
                .sum();
    }
}
