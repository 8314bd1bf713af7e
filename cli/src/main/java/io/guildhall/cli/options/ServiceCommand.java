package io.guildhall.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command that takes the properties of the service: all arguments that it does not declare. */
public abstract class ServiceCommand {

    /** Describes this command. */
    @Spec
    @SuppressWarnings("NullAway.Init")
    protected CommandSpec spec;

    @Unmatched
    private List<String> properties = new ArrayList<>();

    /**
     * Returns the properties, each as {@code --name=value}, followed by {@code more}.
     *
     * @throws ParameterException when an argument is not a property
     */
    protected final String[] properties(String... more) {
        for (String argument : properties) {
            if (!argument.matches("--[A-Za-z][^=]*=(?s:.*)|--debug|--trace")) {
                throw argument.startsWith("--")
                        ? new ParameterException(
                                spec.commandLine(),
                                "The option %s has no value. Write it with an equals sign: %s=VALUE"
                                        .formatted(argument, argument))
                        : new UnmatchedArgumentException(spec.commandLine(), List.of(argument));
            }
        }
        return Stream.concat(properties.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
