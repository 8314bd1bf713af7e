package io.guildhall.api.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where an operator's key comes from at a shell. */
final class OperatorKey {

    private OperatorKey() {}

    /** The first there is: the one given, that of the environment, that of the home. */
    static String find(@Nullable String given, @Nullable String ofEnvironment, Path home) {
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        if (ofEnvironment != null && !ofEnvironment.isBlank()) {
            return ofEnvironment.strip();
        }
        Path file = home.resolve("operator.key");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ServiceFailure(
                    "No operator's key: there is none in %s. Set GUILDHALL_OPERATOR_KEY, or name the home by --home."
                            .formatted(file.toAbsolutePath().normalize()));
        }
    }
}
