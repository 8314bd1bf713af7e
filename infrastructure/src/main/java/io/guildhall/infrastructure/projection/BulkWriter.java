package io.guildhall.infrastructure.projection;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where projections' rows go while nobody reads them: gathered in memory, changed there as long as they are there, and copied
 * to their tables many at a time. What concerns rows that were copied before is sent as one statement for many of them. The
 * tables then are as they would be if each change had been sent by itself. For one thread.
 */
public final class BulkWriter {

    static final String KEY = BulkWriter.class.getName();

    private final JdbcTemplate jdbc;
    private final Map<String, TableBuffer> tables = new LinkedHashMap<>();
    private final Map<String, TableMetadata> tableMetadata;

    public BulkWriter(JdbcTemplate jdbc) {
        this(jdbc, new HashMap<>());
    }

    /** @param columns of tables that are known; others are added */
    BulkWriter(JdbcTemplate jdbc, Map<String, TableMetadata> tableMetadata) {
        this.jdbc = jdbc;
        this.tableMetadata = tableMetadata;
    }

    /** What {@link ProjectionWriter} is told in this unit of work goes here. */
    public void gather(UnitOfWork<?> work) {
        work.root().resources().put(KEY, this);
    }

    /** Does what can be done of {@link #flush} before, in no transaction: nothing can be gathered between the two. */
    public void prepare() {
        tables.values().forEach(TableBuffer::prepare);
    }

    /** Sends all of it, in the caller's transaction; then nothing is gathered. */
    public void flush() {
        // Every row is found by an index; without statistics the planner would rather read the whole table.
        jdbc.execute(
                "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;"
                        + " set local jit = off");
        tables.values().forEach(TableBuffer::flush);
    }

    /** As if nothing had been gathered since the last time it was sent. */
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
