package io.guildhall.cli.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guildhall.infrastructure.datasource.NodeClock;
import io.guildhall.infrastructure.encryption.MasterKey;
import io.guildhall.infrastructure.encryption.MasterKeyCipher;
import io.guildhall.infrastructure.eventstore.PostgresTrailReader;
import io.guildhall.infrastructure.projection.Projection;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Writes a snapshot of all data of a database that cannot be rebuilt. */
final class Backup {

    private static final int FETCH = 1_000;

    private final DataSource database;
    private final Collection<Projection> projections;

    Backup(DataSource database, Collection<Projection> projections) {
        this.database = database;
        this.projections = projections;
    }

    /**
     * The version and the keys of a database.
     *
     * @param schema the last migration
     * @param checkValue identifies the master key
     * @param identity the root secret, encrypted with the master key
     */
    record Origin(String schema, byte[] checkValue, byte[] identity) {

        static Origin of(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet key = statement.executeQuery("select check_value, identity from master_key")) {
                key.next();
                return new Origin(DatabaseSchema.newest(), key.getBytes(1), key.getBytes(2));
            }
        }
    }

    /** Leaves the stream open. */
    Manifest write(OutputStream target, MasterKey master) throws IOException, SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return write(connection, Origin.of(connection), master, target);
            } finally {
                connection.rollback();
            }
        }
    }

    Manifest write(Connection connection, Origin origin, MasterKey master, OutputStream target)
            throws IOException, SQLException {
        ZipOutputStream zip = new ZipOutputStream(target);
        DatabaseSchema schema = DatabaseSchema.of(connection);
        List<Manifest.Table> tables = new ArrayList<>();
        for (String table : schema.kept(projections)) {
            List<String> columns = schema.columns(table);
            tables.add(new Manifest.Table(table, columns, rows(connection, zip, table, columns)));
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                origin.schema(),
                NodeClock.SYSTEM.instant().toString(),
                origin.checkValue(),
                origin.identity(),
                tables,
                projections.stream().map(Projection::name).sorted().toList(),
                schema.sequences(),
                trails(connection, zip));
        byte[] written = BackupArchive.bytes(manifest);
        entry(zip, Manifest.ENTRY, written);
        byte[] mac = MasterKeyCipher.sign(master.derive(BackupArchive.PURPOSE), written);
        entry(zip, Manifest.SIGNED, HexFormat.of().formatHex(mac).getBytes(US_ASCII));
        zip.finish();
        return manifest;
    }

    private static Manifest.Part rows(Connection connection, ZipOutputStream zip, String table, List<String> columns)
            throws IOException, SQLException {
        String entry = "tables/" + table;
        zip.putNextEntry(new ZipEntry(entry));
        DigestingOutputStream digested = new DigestingOutputStream(zip);
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(DatabaseSchema.copy(table, columns, "to stdout"), digested);
        digested.flush();
        zip.closeEntry();
        return digested.part(entry);
    }

    private static Manifest.Part trails(Connection connection, ZipOutputStream zip) throws IOException {
        String entry = "trails";
        zip.putNextEntry(new ZipEntry(entry));
        DigestingOutputStream digested = new DigestingOutputStream(zip);
        trails(connection, digested);
        zip.closeEntry();
        return digested.part(entry);
    }

    /** Call in a transaction. */
    static void trails(Connection connection, OutputStream target) throws IOException {
        JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        jdbc.setFetchSize(FETCH);
        TrailRootWriter roots = new TrailRootWriter(target);
        new PostgresTrailReader(jdbc).forEach(roots::add);
        roots.end();
        target.flush();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
