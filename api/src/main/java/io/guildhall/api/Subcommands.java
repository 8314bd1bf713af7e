package io.guildhall.api;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done from a shell beside starting the service. */
@Command(
        name = "guildhall",
        mixinStandardHelpOptions = true,
        synopsisHeading = "",
        customSynopsis = {
            "Usage: guildhall [--server.port=<port>] [--guildhall.home=<directory>] [--<any property>=<value>]...",
            "       guildhall <command>"
        },
        description = "%nWithout a command it starts the service.",
        commandListHeading = "%nCommands:%n",
        subcommands = {})
final class Subcommands implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
