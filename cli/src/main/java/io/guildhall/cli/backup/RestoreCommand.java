package io.guildhall.cli.backup;

import io.guildhall.cli.options.ServiceCommand;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.datadirectory.DataDirectoryProperties;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code guildhall restore FILE}: restores a backup into an empty home or an empty database. */
@Command(
        name = "restore",
        description = {
            "Fills an empty home or database from a backup, rebuilds the read models, and compares the roots of the trails with those of the backup.",
            "Needs the master key that the backup was made with: in the file master.key of the home, or as --guildhall.master-key.",
            "Takes the properties of the service as well: --guildhall.home, --spring.datasource.url."
        })
public final class RestoreCommand extends ServiceCommand implements Runnable {

    @Parameters(paramLabel = "FILE", description = "A file that `backup` has written.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public void run() {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new BackupException("%s cannot be read: %s. Nothing was restored."
                    .formatted(
                            file,
                            Files.isDirectory(file)
                                    ? "it is a directory"
                                    : Files.exists(file) ? "permission denied" : "there is no such file"));
        }
        Path incomplete = null;
        boolean restored = false;
        try {
            try (ConfigurableApplicationContext context =
                    BackupConfiguration.start(properties(BackupConfiguration.PROPERTIES), false)) {
                requireEmptyHome(context);
                try (BackupArchive archive = BackupArchive.open(
                        file, context.getBean(DataDirectory.class).masterKeys())) {
                    if (DataDirectory.hasEmbeddedDatabase(context.getEnvironment())) {
                        incomplete = BackupConfiguration.home(context.getEnvironment())
                                .resolve(DataDirectory.DATABASE);
                    }
                    restore(archive, context);
                    restored = true;
                }
            } finally {
                if (!restored && incomplete != null) {
                    FileSystemUtils.deleteRecursively(incomplete);
                }
            }
        } catch (IOException | SQLException e) {
            throw new BackupException("The restore has failed: " + e.getMessage());
        }
    }

    private static void requireEmptyHome(ConfigurableApplicationContext context) {
        Path home = BackupConfiguration.home(context.getEnvironment())
                .toAbsolutePath()
                .normalize();
        if (DataDirectory.hasEmbeddedDatabase(context.getEnvironment())
                && Files.exists(home.resolve(DataDirectory.DATABASE))) {
            throw new BackupException("There is a database in %s already. Nothing was restored.".formatted(home));
        }
        if (!StringUtils.hasText(context.getBean(DataDirectoryProperties.class).masterKey())
                && !Files.exists(home.resolve("master.key"))) {
            throw new BackupException(
                    "There is no master key. Put that of the backup into %s, or set guildhall.master-key. Nothing was restored."
                            .formatted(home.resolve("master.key")));
        }
    }

    private void restore(BackupArchive archive, ConfigurableApplicationContext context)
            throws IOException, SQLException {
        new Restore(context.getBean(DataSource.class), () -> context.getBean(Rebuilder.class)).from(archive);
        Manifest manifest = archive.manifest();
        spec.commandLine()
                .getOut()
                .printf(
                        "Restored %d events of %s. The read models are rebuilt. The roots of the trails of %d organizations are those"
                                + " of the backup. Start the service.%n",
                        manifest.rows("events"),
                        manifest.made(),
                        manifest.trails().lines());
    }
}
