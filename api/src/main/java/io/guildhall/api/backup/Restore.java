package io.guildhall.api.backup;

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

/** Fills an empty database from an archive that was found to be whole. */
final class Restore {

    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    private final DataSource database;
    private final Supplier<Rebuilder> rebuilder;

    /** @param rebuilder can be had once the database is filled */
    Restore(DataSource database, Supplier<Rebuilder> rebuilder) {
        this.database = database;
        this.rebuilder = rebuilder;
    }

    /** @throws BackupFailure when the database is not empty, the archive is of a newer Guildhall, or what was made of it differs */
    void from(Archive archive) throws IOException, SQLException {
        Manifest manifest = archive.manifest();
        try (Connection connection = database.getConnection()) {
            if (!Schema.of(connection).isEmpty()) {
                throw new BackupFailure("The database is not empty. Nothing was restored.");
            }
        }
        Schema.migrate(database, manifest.schema());
        load(archive);
        Schema.migrate(database, null);
        rebuild();
        compare(manifest);
    }

    /** All or nothing; and whoever starts the service next rebuilds what is not there yet. */
    private void load(Archive archive) throws IOException, SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Set<String> ours = Schema.of(connection).tables();
            for (Manifest.Table table : archive.manifest().tables()) {
                if (!ours.contains(table.name())) {
                    LOG.warn("{} is in the backup, but is no table of Guildhall's: it is left out", table.name());
                    continue;
                }
                try (InputStream rows = archive.content(table.rows())) {
                    long loaded = connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(Schema.copy(table.name(), table.columns(), "from stdin"), rows);
                    if (loaded != table.rows().lines()) {
                        throw new BackupFailure("Of %s %d of %d rows were restored. Nothing is kept of them."
                                .formatted(table.name(), loaded, table.rows().lines()));
                    }
                }
            }
            for (Manifest.Sequence sequence : archive.manifest().sequences()) {
                if (ours.contains(sequence.table())) {
                    go(connection, sequence);
                }
            }
            behind(connection, archive.manifest().projections());
            connection.commit();
        }
    }

    /** So that the service rebuilds them at its next start, should nobody do so before. */
    private static void behind(Connection connection, List<String> projections) throws SQLException {
        try (PreparedStatement behind = connection.prepareStatement(
                "insert into projections (name, version, rebuilt_to, rebuilt) values (?, 0, 0, now()) on conflict do nothing")) {
            for (String projection : projections) {
                behind.setString(1, projection);
                behind.executeUpdate();
            }
        }
    }

    private static void go(Connection connection, Manifest.Sequence sequence) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select setval(pg_get_serial_sequence(?, ?), ?, ?)")) {
            set.setString(1, Schema.quoted(sequence.table()));
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
            throw new BackupFailure(
                    "All events are there, but the read models could not be rebuilt: %s. Start the service, and rebuild them."
                            .formatted(rebuilt == null ? "" : rebuilt.reason()));
        }
    }

    private void compare(Manifest manifest) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                Digested digested = new Digested(OutputStream.nullOutputStream())) {
            connection.setAutoCommit(false);
            Backup.trails(connection, digested);
            connection.rollback();
            if (!digested.part(manifest.trails().entry()).equals(manifest.trails())) {
                throw new BackupFailure("The trails that were restored are not those of the backup.");
            }
        }
    }
}
