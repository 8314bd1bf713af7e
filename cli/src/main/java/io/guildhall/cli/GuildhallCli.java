package io.guildhall.cli;

import io.guildhall.api.GuildhallApplication;
import io.guildhall.cli.backup.BackupCommand;
import io.guildhall.cli.backup.RestoreCommand;
import io.guildhall.cli.events.EventsCommand;
import io.guildhall.cli.operator.DeadLettersCommand;
import io.guildhall.cli.operator.OperatorCommand;
import io.guildhall.cli.operator.ProjectionsCommand;
import io.guildhall.cli.operator.RebuildCommand;
import io.guildhall.cli.options.ServiceCommand;
import io.guildhall.cli.trail.TrailCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.beans.BeansException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: starts the service, or executes a command. */
@Command(
        name = "guildhall",
        customSynopsis = {
            "guildhall [--server.port=PORT] [--guildhall.home=DIRECTORY] [--PROPERTY=VALUE]...",
            "       guildhall COMMAND [ARGUMENT]... [OPTION]..."
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
        versionProvider = GuildhallCli.Version.class,
        footer = {
            "",
            "guildhall COMMAND --help describes a command. Options stand before or after the command. Each property can also be an",
            "environment variable (GUILDHALL_HOME) or a line of ./application.yaml. Options of the JVM go into JDK_JAVA_OPTIONS."
        })
public final class GuildhallCli extends ServiceCommand implements Callable<ConfigurableApplicationContext> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    private boolean version;

    /** The version of this build and of the JVM. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String built = GuildhallCli.class.getPackage().getImplementationVersion();
            return new String[] {
                "Guildhall %s, Java %s".formatted(built == null ? "of a source tree" : built, Runtime.version())
            };
        }
    }

    public static void main(String[] arguments) {
        CommandLine line = commandLine();
        int status = line.execute(commandFirst(line, arguments));
        // A service that has started goes on in threads of its own.
        if (line.getExecutionResult() == null) {
            System.exit(status);
        }
    }

    @Override
    public ConfigurableApplicationContext call() {
        return GuildhallApplication.start(properties());
    }

    /** Prints a failure as a sentence, without a stack trace, and exits with 1. */
    static CommandLine commandLine() {
        return new CommandLine(new GuildhallCli())
                // Not in the annotation: they would ignore unknown arguments as the root does.
                .addSubcommand(new OperatorCommand())
                .addSubcommand(new ProjectionsCommand())
                .addSubcommand(new RebuildCommand())
                .addSubcommand(new DeadLettersCommand())
                .addSubcommand(new TrailCommand())
                .addSubcommand(new EventsCommand())
                .addSubcommand(new BackupCommand())
                .addSubcommand(new RestoreCommand())
                // The option --key reads @FILE itself.
                .setExpandAtFiles(false)
                .setUsageHelpWidth(120)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    reason(failure).ifPresent(line.getErr()::println);
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /**
     * Moves the name of the command, and that of its subcommand, to the front. Each option is then read by the command that declares it,
     * wherever it stands.
     */
    static String[] commandFirst(CommandLine line, String... arguments) {
        List<String> ordered = new ArrayList<>();
        List<String> others = new ArrayList<>();
        CommandLine command = line;
        for (String argument : arguments) {
            CommandLine next = command.getSubcommands().get(argument);
            if (next == null) {
                others.add(argument);
            } else {
                ordered.add(argument);
                command = next;
            }
        }
        ordered.addAll(others);
        return ordered.toArray(String[]::new);
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
}
