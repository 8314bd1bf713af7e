package io.guildhall.api.backup;

import io.guildhall.api.commandline.ServiceProperties;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.datadirectory.DataDirectoryProperties;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./guildhall restore FILE}: into an empty home, or an empty database. */
@Command(
        name = "restore",
        description = {
            "Fills an empty home or database from a backup, rebuilds the read models, and compares the trails' roots with the backup's.",
            "Needs the master key that the backup was made with: in master.key in the home, or by --guildhall.master-key.",
            "Takes the properties of the service too: --guildhall.home, --spring.datasource.url."
        },
        sortOptions = false)
public final class RestoreCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What `backup` has written.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--help", usageHelp = true, description = "Says this.")
    private boolean help;

    @Unmatched
    private List<String> properties = new ArrayList<>();

    @Override
    public void run() {
        ServiceProperties.require(spec.commandLine(), properties);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new BackupFailure("%s cannot be read: %s. Nothing was restored."
                    .formatted(
                            file,
                            Files.isDirectory(file)
                                    ? "it is a directory"
                                    : Files.exists(file) ? "permission denied" : "there is no such file"));
        }
        Path halfMade = null;
        boolean whole = false;
        try {
            try (ConfigurableApplicationContext context = BackupWiring.start(properties, false)) {
                requireEmptyHome(context);
                try (Archive archive =
                        Archive.open(file, context.getBean(DataDirectory.class).masterKeys())) {
                    if (DataDirectory.hasEmbeddedDatabase(context.getEnvironment())) {
                        halfMade = BackupWiring.home(context.getEnvironment()).resolve(DataDirectory.DATABASE);
                    }
                    restore(archive, context);
                    whole = true;
                }
            } finally {
                if (!whole && halfMade != null) {
                    FileSystemUtils.deleteRecursively(halfMade);
                }
            }
        } catch (IOException | SQLException e) {
            throw new BackupFailure("It could not be restored: " + e.getMessage());
        }
    }

    private static void requireEmptyHome(ConfigurableApplicationContext context) {
        Path home = BackupWiring.home(context.getEnvironment()).toAbsolutePath().normalize();
        if (DataDirectory.hasEmbeddedDatabase(context.getEnvironment())
                && Files.exists(home.resolve(DataDirectory.DATABASE))) {
            throw new BackupFailure("There is a database in %s already. Nothing was restored.".formatted(home));
        }
        if (!StringUtils.hasText(context.getBean(DataDirectoryProperties.class).masterKey())
                && !Files.exists(home.resolve("master.key"))) {
            throw new BackupFailure(
                    "There is no master key. Put that of the backup into %s, or set guildhall.master-key. Nothing was restored."
                            .formatted(home.resolve("master.key")));
        }
    }

    private void restore(Archive archive, ConfigurableApplicationContext context) throws IOException, SQLException {
        new Restore(context.getBean(DataSource.class), () -> context.getBean(Rebuilder.class)).from(archive);
        Manifest manifest = archive.manifest();
        spec.commandLine()
                .getOut()
                .printf(
                        "Restored %d events of %s. The read models are rebuilt, and the roots of the trails of %d organizations are"
                                + " those of the backup. Start the service.%n",
                        manifest.rows("events"),
                        manifest.made(),
                        manifest.trails().lines());
    }
}
