package io.guildhall.cli.operator;

import io.guildhall.cli.options.KeyConverter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The address of the running service and the operator key. */
final class ServiceOptions {

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "The address of the service (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(
            names = "--key",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY|@FILE",
            converter = KeyConverter.class,
            defaultValue = "${env:GUILDHALL_OPERATOR_KEY}",
            description =
                    "The operator key, or @ and the file that holds it. A list of processes shows the key: prefer the file, or the environment variable"
                            + " GUILDHALL_OPERATOR_KEY (default: that variable, then the file operator.key in the home).")
    private @Nullable String key;

    @Option(
            names = {"--guildhall.home", "--home"},
            scope = ScopeType.INHERIT,
            paramLabel = "DIRECTORY",
            defaultValue = "./.guildhall",
            description = "The service's home (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path home;

    OperatorClient service() {
        return new OperatorClient(url, key());
    }

    String key() {
        if (key != null && !key.isBlank()) {
            return key;
        }
        Path file = home.resolve("operator.key");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new OperatorClientException(
                    "There is no operator key in %s. Set GUILDHALL_OPERATOR_KEY, or name the home with --guildhall.home."
                            .formatted(file.toAbsolutePath().normalize()));
        }
    }
}
