package io.guildhall.api;

import io.guildhall.api.axonserver.EventsCommand;
import io.guildhall.api.backup.BackupCommand;
import io.guildhall.api.backup.RestoreCommand;
import io.guildhall.api.operator.DeadLettersCommand;
import io.guildhall.api.operator.OperatorCommand;
import io.guildhall.api.operator.ProjectionsCommand;
import io.guildhall.api.operator.RebuildCommand;
import io.guildhall.api.proof.TrailCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done from a shell beside starting the service. */
@Command(
        name = "guildhall",
        customSynopsis = {
            "guildhall [--server.port=PORT] [--guildhall.home=DIRECTORY] [--PROPERTY=VALUE]...",
            "guildhall COMMAND"
        },
        description = "Without a command it starts the service.",
        subcommands = {
            OperatorCommand.class,
            ProjectionsCommand.class,
            RebuildCommand.class,
            DeadLettersCommand.class,
            TrailCommand.class,
            EventsCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
final class Subcommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Says this.")
    private boolean help;

    /** What fails is said in a sentence, without a stack trace. */
    static int execute(String... arguments) {
        return new CommandLine(new Subcommands())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
