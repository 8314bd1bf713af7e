package io.guildhall.cli.backup;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.guildhall.cli.options.ServiceCommand;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.datasource.NodeClock;
import io.guildhall.infrastructure.encryption.KeyHierarchy;
import io.guildhall.infrastructure.encryption.MasterKey;
import io.guildhall.infrastructure.projection.Projection;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code guildhall backup FILE}: writes a backup, whether the service runs or not. */
@Command(
        name = "backup",
        description = {
            "Writes all data that cannot be rebuilt into a file. The service may be running. The events must be in PostgreSQL.",
            "The backup does not contain the master key: keep a copy of the key in another place.",
            "Takes the properties of the service as well: --guildhall.home, --spring.datasource.url, --guildhall.master-key."
        })
public final class BackupCommand extends ServiceCommand implements Runnable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int BUFFER = 1 << 16;

    @Parameters(
            paramLabel = "FILE",
            description = "A new file, or a directory for a file that is named after the time.")
    @SuppressWarnings("NullAway.Init")
    private Path target;

    @Override
    public void run() {
        Path file = Files.isDirectory(target)
                ? target.resolve("guildhall-%s.backup".formatted(TIME.format(NodeClock.SYSTEM.instant())))
                : target;
        if (Files.exists(file)) {
            throw new BackupException(file + " exists already.");
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new BackupException("%s is no directory, or is not writable.".formatted(directory));
        }
        try (ConfigurableApplicationContext context =
                BackupConfiguration.start(properties(BackupConfiguration.PROPERTIES), true)) {
            requireGuildhall(context);
            var backup = new Backup(
                    context.getBean(DataSource.class),
                    context.getBeansOfType(Projection.class).values());
            Manifest manifest = write(backup, context.getBean(KeyHierarchy.class), file);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "Wrote %s: %d events, the trails of %d organizations, %d bytes. The master key is not in it.%n",
                            file, manifest.rows("events"), manifest.trails().lines(), Files.size(file));
        } catch (IOException | SQLException e) {
            throw new BackupException("The backup has failed: " + e.getMessage());
        }
    }

    private static void requireGuildhall(ConfigurableApplicationContext context) {
        Path home = BackupConfiguration.home(context.getEnvironment());
        if (DataDirectory.hasEmbeddedDatabase(context.getEnvironment())
                && !Files.exists(home.resolve(DataDirectory.DATABASE))) {
            throw new BackupException("There is no Guildhall in %s. Name its home with --guildhall.home."
                    .formatted(home.toAbsolutePath().normalize()));
        }
        DataSource database = context.getBean(DataSource.class);
        String current = DatabaseSchema.current(database);
        if (current.isEmpty()) {
            throw new BackupException("There is no Guildhall in this database.");
        }
        if (!current.equals(DatabaseSchema.newest())) {
            throw new BackupException(
                    "The database belongs to another version of Guildhall. Use that version for the backup, or start this version once.");
        }
        if (Boolean.TRUE.equals(new JdbcTemplate(database)
                .queryForObject("select exists (select from read_models_segments)", Boolean.class))) {
            throw new BackupException(
                    "The events of this database are in an Axon Server: see docs/operating.md for how to back up both.");
        }
    }

    /** Writes a temporary file and renames it: a file with the final name is complete. */
    private static Manifest write(Backup backup, MasterKey master, Path file) throws IOException, SQLException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(draft);
        boolean written = false;
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            Manifest manifest = backup.write(out, master);
            out.flush();
            channel.force(true);
            Files.move(draft, file, ATOMIC_MOVE);
            written = true;
            return manifest;
        } finally {
            if (!written) {
                Files.deleteIfExists(draft);
            }
        }
    }
}
