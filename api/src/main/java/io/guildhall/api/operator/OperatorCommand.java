package io.guildhall.api.operator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./guildhall operator …}: asks a running service to do what only operators may. */
@Command(
        name = "operator",
        description = "What only those who run Guildhall may do. Asks a running service.",
        sortOptions = false)
public final class OperatorCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

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
            paramLabel = "KEY",
            description =
                    "The operators' key. Better in the environment variable GUILDHALL_OPERATOR_KEY, where no list of"
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

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Says this.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which operator's command?");
    }

    @Command(name = "raise-limit", description = "Let a person belong to more organizations.")
    void raiseLimit(
            @Parameters(paramLabel = "ACCOUNT", description = "An account's id or e-mail address.") String account,
            @Parameters(paramLabel = "LIMIT", description = "How many organizations.") int limit) {
        String id = service().account(account);
        service().post("/accounts/" + id + "/membership_limit", Map.of("limit", limit));
        say("Account %s can now belong to %d organizations.", id, limit);
    }

    @Command(
            name = "erase",
            description = "Forget a person: destroy the key of all their personal data. Cannot be undone.")
    void erase(@Parameters(paramLabel = "ACCOUNT", description = "An account's id or e-mail address.") String account) {
        String id = service().account(account);
        service().post("/accounts/" + id + "/erase", Map.of());
        say("Account %s is erased.", id);
    }

    @Command(name = "lock", description = "Stop an organization.")
    void lock(
            @Parameters(paramLabel = "ORGANIZATION", description = "Its id or name.") String organization,
            @Parameters(paramLabel = "REASON", description = "Shown to its members.") String reason) {
        String id = service().organization(organization);
        service().post("/organizations/" + id + "/lock", Map.of("reason", reason));
        say("Organization %s is locked.", id);
    }

    @Command(name = "unlock", description = "Let an organization go on.")
    void unlock(@Parameters(paramLabel = "ORGANIZATION", description = "Its id or name.") String organization) {
        String id = service().organization(organization);
        service().post("/organizations/" + id + "/unlock", Map.of());
        say("Organization %s is unlocked.", id);
    }

    private RunningService service() {
        return new RunningService(url, OperatorKey.find(key, System.getenv("GUILDHALL_OPERATOR_KEY"), home));
    }

    private void say(String sentence, Object... arguments) {
        spec.commandLine().getOut().printf(sentence + "%n", arguments);
    }
}
