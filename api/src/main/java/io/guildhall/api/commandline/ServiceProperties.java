package io.guildhall.api.commandline;

import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

/** The properties of the service that a command takes beside its own options. */
public final class ServiceProperties {

    private ServiceProperties() {}

    /** Refuses what is left of the arguments unless all of it is properties: no word is ignored. */
    public static List<String> require(CommandLine command, List<String> left) {
        for (String argument : left) {
            String mistake = Invocation.mistakeInProperty(argument);
            if (mistake != null) {
                throw new ParameterException(command, mistake);
            }
        }
        return left;
    }
}
