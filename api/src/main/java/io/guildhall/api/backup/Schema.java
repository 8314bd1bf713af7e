package io.guildhall.api.backup;

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

/** The tables of a database, and how they come to be. */
final class Schema {

    /** Beside the projections' tables and those that a crash may empty, what is made of the events and of these again. */
    private static final Set<String> REMADE = Set.of(
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

    private Schema(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    static Schema of(Connection connection) {
        return new Schema(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
    }

    boolean isEmpty() {
        return tables().isEmpty();
    }

    Set<String> tables() {
        return Set.copyOf(jdbc.queryForList(TABLES, String.class));
    }

    /** Of which the rows cannot be made again. What is not known is kept. */
    List<String> kept(Collection<Projection> projections) {
        List<String> kept = new ArrayList<>(jdbc.queryForList(TABLES, String.class));
        kept.removeAll(REMADE);
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

    /** For a table of {@link #kept}. */
    static String copy(String table, List<String> columns, String direction) {
        return "copy %s (%s) %s"
                .formatted(
                        quoted(table),
                        String.join(", ", columns.stream().map(Schema::quoted).toList()),
                        direction);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The version of the last migration that this code has. */
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

    /** The version of the database; empty when it has none. */
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
