package io.guildhall.api.operator;

import io.guildhall.api.commandline.KeyConverter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which running service a command at a shell asks, and with which key. */
final class ServiceOptions {

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "Where the service runs (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(
            names = "--key",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY|@FILE",
            converter = KeyConverter.class,
            description =
                    "The operators' key, or @ and the file that holds it. A key itself is better in the environment variable GUILDHALL_OPERATOR_KEY, where no list of"
                            + " processes shows it (default: operator.key in the home).")
    private @Nullable String key;

    @Option(
            names = {"--home", "--guildhall.home"},
            scope = ScopeType.INHERIT,
            paramLabel = "DIRECTORY",
            defaultValue = "./.guildhall",
            description = "The service's home (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path home;

    RunningService service() {
        return new RunningService(url, OperatorKey.find(key, System.getenv("GUILDHALL_OPERATOR_KEY"), home));
    }
}
