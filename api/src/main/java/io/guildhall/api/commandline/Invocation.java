package io.guildhall.api.commandline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command line asks for. Options may stand before or after the name of a command. */
public sealed interface Invocation {

    /** @param properties each as {@code --name=value} */
    record Service(List<String> properties) implements Invocation {}

    /** @param arguments the name of the command first */
    record Command(List<String> arguments) implements Invocation {}

    /** @param reason one sentence, and what to write instead */
    record Mistake(String reason) implements Invocation {}

    static Invocation of(List<String> arguments, Collection<String> commands) {
        int word = firstWord(arguments);
        List<String> before = arguments.subList(0, word < 0 ? arguments.size() : word);
        for (String option : before) {
            switch (option) {
                case "--help", "-h" -> {
                    return new Command(List.of("--help"));
                }
                case "--version", "-V" -> {
                    return new Command(List.of("--version"));
                }
                default -> {}
            }
        }
        if (word < 0) {
            String mistake = before.stream()
                    .map(Invocation::mistakeInProperty)
                    .filter(reason -> reason != null)
                    .findFirst()
                    .orElse(null);
            return mistake == null ? new Service(List.copyOf(arguments)) : new Mistake(mistake);
        }
        String name = arguments.get(word);
        if (!commands.contains(name)) {
            return new Mistake(unknownCommand(name, word == 0 ? "" : arguments.get(word - 1), commands));
        }
        for (String option : before) {
            String mistake = mistakeInProperty(option);
            if (mistake != null) {
                return new Mistake(mistake);
            }
        }
        List<String> reordered = new ArrayList<>(arguments);
        reordered.remove(word);
        reordered.addFirst(name);
        return new Command(List.copyOf(reordered));
    }

    /** Null when the argument is a property of the form {@code --name=value}, or one of Spring Boot's two switches. */
    static @Nullable String mistakeInProperty(String argument) {
        if (argument.matches("--[A-Za-z][^=]*=(?s:.*)") || argument.equals("--debug") || argument.equals("--trace")) {
            return null;
        }
        if (argument.startsWith("--")) {
            return "The option %s has no value. Write it with an equals sign: %s=VALUE".formatted(argument, argument);
        }
        return "Unknown argument %s. A property is written as --name=value; see --help.".formatted(argument);
    }

    private static int firstWord(List<String> arguments) {
        for (int index = 0; index < arguments.size(); index++) {
            if (!arguments.get(index).startsWith("-")) {
                return index;
            }
        }
        return -1;
    }

    private static String unknownCommand(String name, String before, Collection<String> commands) {
        if (before.startsWith("--") && !before.contains("=")) {
            return "Unknown command %s. The value of an option before a command is written with an equals sign: %s=%s"
                    .formatted(name, before, name);
        }
        String nearest = Nearest.to(name, commands);
        return "Unknown command %s. %s"
                .formatted(
                        name,
                        nearest == null
                                ? "Commands: %s."
                                        .formatted(String.join(
                                                ", ", commands.stream().sorted().toList()))
                                : "Did you mean %s? See --help for all commands.".formatted(nearest));
    }
}
