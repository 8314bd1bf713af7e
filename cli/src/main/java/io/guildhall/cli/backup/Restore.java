package io.guildhall.cli.backup;

import io.guildhall.infrastructure.projection.rebuild.RebuildView;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills an empty database from a verified archive. */
final class Restore {

    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    private final DataSource database;
    private final Supplier<Rebuilder> rebuilder;

    /** @param rebuilder available when the database is filled */
    Restore(DataSource database, Supplier<Rebuilder> rebuilder) {
        this.database = database;
        this.rebuilder = rebuilder;
    }

    /** @throws BackupException when the database is not empty, or the restored trails differ from those of the backup */
    void from(BackupArchive archive) throws IOException, SQLException {
        Manifest manifest = archive.manifest();
        try (Connection connection = database.getConnection()) {
            if (!DatabaseSchema.of(connection).isEmpty()) {
                throw new BackupException("The database is not empty. Nothing was restored.");
            }
        }
        DatabaseSchema.migrate(database, manifest.schema());
        load(archive);
        DatabaseSchema.migrate(database, null);
        rebuild();
        compare(manifest);
    }

    /** Loads all rows in one transaction. */
    private void load(BackupArchive archive) throws IOException, SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Set<String> ours = DatabaseSchema.of(connection).tables();
            for (Manifest.Table table : archive.manifest().tables()) {
                if (!ours.contains(table.name())) {
                    LOG.warn("Skipping {}: it is no table of Guildhall", table.name());
                    continue;
                }
                try (InputStream rows = archive.content(table.rows())) {
                    long loaded = connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(DatabaseSchema.copy(table.name(), table.columns(), "from stdin"), rows);
                    if (loaded != table.rows().lines()) {
                        throw new BackupException("Only %2$d of %3$d rows of %1$s could be read. Nothing was restored."
                                .formatted(table.name(), loaded, table.rows().lines()));
                    }
                }
            }
            for (Manifest.Sequence sequence : archive.manifest().sequences()) {
                if (ours.contains(sequence.table())) {
                    set(connection, sequence);
                }
            }
            markOutdated(connection, archive.manifest().projections());
            connection.commit();
        }
    }

    /** Marks the projections as outdated. If the restore is cut off before its rebuild, the next start of the service rebuilds them. */
    private static void markOutdated(Connection connection, List<String> projections) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into projections (name, version, rebuilt_to, rebuilt) values (?, 0, 0, now()) on conflict do nothing")) {
            for (String projection : projections) {
                insert.setString(1, projection);
                insert.executeUpdate();
            }
        }
    }

    private static void set(Connection connection, Manifest.Sequence sequence) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select setval(pg_get_serial_sequence(?, ?), ?, ?)")) {
            set.setString(1, DatabaseSchema.quoted(sequence.table()));
            set.setString(2, sequence.column());
            set.setLong(3, Math.max(1, sequence.last()));
            set.setBoolean(4, sequence.last() > 0);
            set.executeQuery();
        }
    }

    private void rebuild() {
        Rebuilder builder = rebuilder.get();
        UUID id = UUID.randomUUID();
        builder.begin(id, List.of(), true);
        builder.work();
        RebuildView rebuilt = builder.find(id);
        if (rebuilt == null || !rebuilt.state().equals("DONE")) {
            throw new BackupException(
                    "All events are there, but the read models could not be rebuilt: %s. Start the service, and rebuild them."
                            .formatted(rebuilt == null ? "" : rebuilt.reason()));
        }
    }

    private void compare(Manifest manifest) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                DigestingOutputStream digested = new DigestingOutputStream(OutputStream.nullOutputStream())) {
            connection.setAutoCommit(false);
            Backup.trails(connection, digested);
            connection.rollback();
            if (!digested.part(manifest.trails().entry()).equals(manifest.trails())) {
                throw new BackupException("The restored trails differ from those of the backup.");
            }
        }
    }
}
