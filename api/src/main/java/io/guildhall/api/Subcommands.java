package io.guildhall.api;

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
        subcommands = {})
final class Subcommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Says this.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
