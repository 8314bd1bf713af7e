package io.guildhall.infrastructure.projection;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Buffers the rows that projections write, and sends them in bulk: new rows by {@code COPY}, changes to rows that were
 * copied before by one statement for many rows. A change to a buffered row is applied in memory. The tables end up as
 * if each change had been sent by itself. Not thread-safe.
 */
public final class BulkWriter {

    static final String KEY = BulkWriter.class.getName();

    private final JdbcTemplate jdbc;
    private final Map<String, TableBuffer> tables = new LinkedHashMap<>();
    private final Map<String, TableMetadata> tableMetadata;

    public BulkWriter(JdbcTemplate jdbc) {
        this(jdbc, new HashMap<>());
    }

    /** @param tableMetadata a cache of the tables' columns, which this writer adds to */
    BulkWriter(JdbcTemplate jdbc, Map<String, TableMetadata> tableMetadata) {
        this.jdbc = jdbc;
        this.tableMetadata = tableMetadata;
    }

    /** Makes {@link ProjectionWriter} buffer here what it writes in this unit of work. */
    public void gather(UnitOfWork<?> work) {
        work.root().resources().put(KEY, this);
    }

    /**
     * Encodes the buffered rows ahead of {@link #flush}, outside a transaction. No row may be added between the two.
     */
    public void prepare() {
        tables.values().forEach(TableBuffer::prepare);
    }

    /** Sends everything in the caller's transaction and clears the buffers. */
    public void flush() {
        // Every row is found by an index; without statistics the planner would choose sequential scans.
        jdbc.execute(
                "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;"
                        + " set local jit = off");
        tables.values().forEach(TableBuffer::flush);
    }

    /** Discards everything that has not been flushed. */
    public void forget() {
        tables.values().forEach(TableBuffer::forget);
    }

    TableBuffer of(TableDefinition tableDefinition) {
        TableBuffer known = tables.get(tableDefinition.name());
        if (known == null) {
            known = new TableBuffer(
                    jdbc,
                    tableDefinition,
                    tableMetadata.computeIfAbsent(
                            tableDefinition.name(), name -> new TableMetadata(jdbc, tableDefinition)));
            tables.put(tableDefinition.name(), known);
        }
        return known;
    }
}
