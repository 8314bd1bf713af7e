package io.guildhall.cli.backup;

import io.guildhall.infrastructure.projection.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tables and migrations of a database. */
final class DatabaseSchema {

    /** Tables without data of their own, beside those of the projections and unlogged ones: the service rebuilds them. */
    private static final Set<String> REBUILT = Set.of(
            "flyway_schema_history",
            "projections",
            "rebuilds",
            "trail_logs",
            "trail_tiles",
            "activity_partitions",
            "scheduled_tasks",
            "snapshots");

    private static final String TABLES = """
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relpersistence = 'p'
            order by relname
            """;

    private static final String COLUMNS = """
            select column_name from information_schema.columns
            where table_schema = 'public' and table_name = ? and is_generated = 'NEVER' order by ordinal_position
            """;

    private static final String IDENTITIES = """
            select c.table_name, c.column_name, coalesce(s.last_value, 0)
            from information_schema.columns c
            join pg_sequences s on s.schemaname || '.' || s.sequencename = pg_get_serial_sequence(c.table_name, c.column_name)
            where c.table_schema = 'public' and c.is_identity = 'YES' order by 1, 2
            """;

    private final JdbcTemplate jdbc;

    private DatabaseSchema(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    static DatabaseSchema of(Connection connection) {
        return new DatabaseSchema(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
    }

    boolean isEmpty() {
        return tables().isEmpty();
    }

    Set<String> tables() {
        return Set.copyOf(jdbc.queryForList(TABLES, String.class));
    }

    /** The tables whose rows cannot be rebuilt. Contains unknown tables. */
    List<String> kept(Collection<Projection> projections) {
        List<String> kept = new ArrayList<>(jdbc.queryForList(TABLES, String.class));
        kept.removeAll(REBUILT);
        projections.forEach(projection -> kept.remove(projection.name()));
        return kept;
    }

    List<String> columns(String table) {
        return jdbc.queryForList(COLUMNS, String.class, table);
    }

    List<Manifest.Sequence> sequences() {
        return jdbc.query(
                IDENTITIES, (row, n) -> new Manifest.Sequence(row.getString(1), row.getString(2), row.getLong(3)));
    }

    /** The COPY statement of a table. */
    static String copy(String table, List<String> columns, String direction) {
        return "copy %s (%s) %s"
                .formatted(
                        quoted(table),
                        String.join(
                                ", ",
                                columns.stream().map(DatabaseSchema::quoted).toList()),
                        direction);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The version of the newest migration on the class path. */
    static String newest() {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:db/migration/*/V*__*.sql"))
                    .map(migration -> String.valueOf(migration.getFilename()))
                    .map(name -> name.substring(1, name.indexOf("__")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of the database; empty for a database without Guildhall's tables. */
    static String current(DataSource database) {
        MigrationInfo current = flyway(database, null).info().current();
        return current == null
                ? ""
                : Objects.requireNonNull(current.getVersion()).getVersion();
    }

    /** @param version null for the newest */
    static void migrate(DataSource database, @Nullable String version) {
        flyway(database, version).migrate();
    }

    private static Flyway flyway(DataSource database, @Nullable String version) {
        var configuration = Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/write", "classpath:db/migration/query");
        return (version == null ? configuration : configuration.target(version)).load();
    }
}
