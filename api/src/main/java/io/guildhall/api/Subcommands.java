package io.guildhall.api;

import io.guildhall.api.backup.BackupCommand;
import io.guildhall.api.backup.RestoreCommand;
import io.guildhall.api.operator.DeadLettersCommand;
import io.guildhall.api.operator.EventsCommand;
import io.guildhall.api.operator.OperatorCommand;
import io.guildhall.api.operator.ProjectionsCommand;
import io.guildhall.api.operator.RebuildCommand;
import io.guildhall.api.proof.TrailCommand;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.BeansException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The commands beside starting the service. */
@Command(
        name = "guildhall",
        usageHelpWidth = 120,
        customSynopsis = {
            "guildhall [--server.port=PORT] [--guildhall.home=DIRECTORY] [--PROPERTY=VALUE]...",
            "guildhall [OPTION]... COMMAND [ARGUMENT]..."
        },
        description = {
            "Without a command it starts the service, by default at http://localhost:8080 and reachable from this machine only.",
            "",
            "Properties of the service:",
            "  --server.port=PORT         The port (default: 8080).",
            "  --server.address=ADDRESS   The address to listen on (default: 127.0.0.1; 0.0.0.0 is all interfaces).",
            "  --guildhall.home=DIRECTORY The directory of the database, the keys and the mails (default: ./.guildhall).",
            "  --PROPERTY=VALUE           Any other property of docs/operating.md.",
            "",
            "Options:"
        },
        commandListHeading = "%nCommands:%n",
        versionProvider = Subcommands.Version.class,
        subcommands = {
            OperatorCommand.class,
            ProjectionsCommand.class,
            RebuildCommand.class,
            DeadLettersCommand.class,
            TrailCommand.class,
            EventsCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "guildhall COMMAND --help describes a command. Each property can also be an environment variable (GUILDHALL_HOME) or a line of",
            "./application.yaml. Options of the JVM go into JDK_JAVA_OPTIONS."
        })
final class Subcommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"--help", "-h"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = {"--version", "-V"},
            versionHelp = true,
            description = "Shows the version.")
    private boolean version;

    /** The version of this build and of the JVM. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String built = Guildhall.class.getPackage().getImplementationVersion();
            return new String[] {
                "Guildhall %s, Java %s".formatted(built == null ? "of a source tree" : built, Runtime.version())
            };
        }
    }

    static Set<String> names() {
        return new CommandLine(new Subcommands()).getSubcommands().keySet();
    }

    /** A failure is reported in a sentence, without a stack trace. */
    static int execute(String... arguments) {
        return new CommandLine(new Subcommands())
                // The option --key reads @FILE by itself; nothing else does.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    reason(failure).ifPresent(line.getErr()::println);
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    /** What to print of a failure; nothing of one that Spring Boot has reported when it ended a start. */
    private static Optional<String> reason(Exception failure) {
        if (failure instanceof FailureAnalyzedException) {
            return Optional.empty();
        }
        if (failure instanceof BeansException) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof FailureAnalyzedException analyzed) {
                    return Optional.of("%s%n%s"
                            .formatted(
                                    analyzed.analysis().getDescription(),
                                    analyzed.analysis().getAction()));
                }
            }
            return Optional.of(String.valueOf(
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage()));
        }
        return Optional.of(String.valueOf(failure.getMessage()));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
