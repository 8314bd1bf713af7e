package io.guildhall.api.backup;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.guildhall.api.commandline.ServiceProperties;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./guildhall backup FILE}: while the service runs, or not. */
@Command(
        name = "backup",
        description = {
            "Writes all that cannot be made again into a file, while the service goes on. The events must be in PostgreSQL.",
            "The master key is not in it: keep a copy of that in another place.",
            "Takes the properties of the service too: --guildhall.home, --spring.datasource.url, --guildhall.master-key."
        },
        sortOptions = false)
public final class BackupCommand implements Runnable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int BUFFER = 1 << 16;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "A file that there is not yet; or a directory, for a file named after the time.")
    @SuppressWarnings("NullAway.Init")
    private Path target;

    @Option(names = "--help", usageHelp = true, description = "Says this.")
    private boolean help;

    @Unmatched
    private List<String> properties = new ArrayList<>();

    @Override
    public void run() {
        Path file = Files.isDirectory(target)
                ? target.resolve("guildhall-%s.backup".formatted(TIME.format(NodeClock.SYSTEM.instant())))
                : target;
        ServiceProperties.require(spec.commandLine(), properties);
        if (Files.exists(file)) {
            throw new BackupFailure(file + " exists already.");
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new BackupFailure(
                    "No file can be written into %s: it is no directory, or not writable.".formatted(directory));
        }
        try (ConfigurableApplicationContext context = BackupWiring.start(properties, true)) {
            requireGuildhall(context);
            var backup = new Backup(
                    context.getBean(DataSource.class),
                    context.getBeansOfType(Projection.class).values());
            Manifest manifest = write(backup, context.getBean(KeyHierarchy.class), file);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s has %d events, with the trails of %d organizations, in %d bytes. The master key is not in it.%n",
                            file, manifest.rows("events"), manifest.trails().lines(), Files.size(file));
        } catch (IOException | SQLException e) {
            throw new BackupFailure("There is no backup: " + e.getMessage());
        }
    }

    private static void requireGuildhall(ConfigurableApplicationContext context) {
        Path home = BackupWiring.home(context.getEnvironment());
        if (DataDirectory.hasEmbeddedDatabase(context.getEnvironment())
                && !Files.exists(home.resolve(DataDirectory.DATABASE))) {
            throw new BackupFailure("There is no Guildhall in %s. Name its home by --guildhall.home."
                    .formatted(home.toAbsolutePath().normalize()));
        }
        DataSource database = context.getBean(DataSource.class);
        String current = Schema.current(database);
        if (current.isEmpty()) {
            throw new BackupFailure("There is no Guildhall in this database.");
        }
        if (!current.equals(Schema.newest())) {
            throw new BackupFailure(
                    "The database is of another version of Guildhall. Back it up with that one, or start this one once.");
        }
        if (Boolean.TRUE.equals(new JdbcTemplate(database)
                .queryForObject("select exists (select from read_models_segments)", Boolean.class))) {
            throw new BackupFailure(
                    "The events of this database are in an Axon Server: see docs/operating.md for how to back up both.");
        }
    }

    /** Beside its place, and then moved there: what has the name is whole. */
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
