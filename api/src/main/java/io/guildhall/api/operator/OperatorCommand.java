package io.guildhall.api.operator;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ./guildhall operator …}: asks a running service to do what only operators may. */
@Command(
        name = "operator",
        description = "What only those who run Guildhall may do. Asks a running service.",
        sortOptions = false)
public final class OperatorCommand implements Runnable {

    private static final long LOOK_EVERY_MILLIS = 2_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServiceOptions options;

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Says this.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which operator's command?");
    }

    @Command(name = "raise-limit", description = "Let a person belong to more organizations.")
    void raiseLimit(
            @Parameters(paramLabel = "USER", description = "A user's id or e-mail address.") String user,
            @Parameters(paramLabel = "LIMIT", description = "How many organizations.") int limit) {
        String id = service().user(user);
        service().post("/users/" + id + "/membership_limit", Map.of("limit", limit));
        say("User %s can now belong to %d organizations.", id, limit);
    }

    @Command(
            name = "erase",
            description = "Forget a person: destroy the key of all their personal data. Cannot be undone.")
    void erase(@Parameters(paramLabel = "USER", description = "A user's id or e-mail address.") String user) {
        String id = service().user(user);
        service().post("/users/" + id + "/erase", Map.of());
        say("User %s is erased.", id);
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

    @Command(
            name = "check-trail",
            description = "See whether an organization's events are still those that were logged and signed.")
    int checkTrail(@Parameters(paramLabel = "ORGANIZATION", description = "Its id or name.") String organization) {
        String id = service().organization(organization);
        JsonNode found = service().post("/organizations/" + id + "/check_trail", Map.of());
        found.path("findings").forEach(each -> say("%s", each.path("what").asString()));
        boolean holds = found.path("holds").asBoolean();
        say(
                "%d activities, %d checkpoints: %s",
                found.path("size").asLong(),
                found.path("checkpoints").asInt(),
                holds ? "all of it holds." : "the trail was tampered with.");
        return holds ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(name = "mails", description = "Show the mails that were refused for so long that they were given up.")
    void mails() {
        JsonNode found = service().get("/mails?limit=100");
        found.path("mails")
                .forEach(mail -> say(
                        "%s  %-18s to %s %s, given up %s after %d attempts: %s",
                        mail.path("id").asString(),
                        mail.path("kind").asString(),
                        mail.path("recipient_type").asString(),
                        mail.path("recipient_id").asString(),
                        mail.path("parked_at").asString(),
                        mail.path("attempts").asInt(),
                        mail.path("reason").asString()));
        say("%d in all.", found.path("count").asLong());
    }

    @Command(name = "retry-mails", description = "Try mails again that were given up; all of them if none is named.")
    void retryMails(
            @Parameters(paramLabel = "MAIL", arity = "0..*", description = "Ids, as `mails` shows them.")
                    List<String> ids) {
        if (ids == null || ids.isEmpty()) {
            say(
                    "%d are tried again.",
                    service().post("/mails/retry", Map.of()).path("count").asLong());
            return;
        }
        for (String id : ids) {
            service().post("/mails/" + id + "/retry", Map.of());
            say("%s is tried again.", id);
        }
    }

    @Command(name = "discard-mail", description = "Forget a mail that was given up.")
    void discardMail(@Parameters(paramLabel = "MAIL", description = "Its id.") String id) {
        service().post("/mails/" + id + "/discard", Map.of());
        say("%s is discarded.", id);
    }

    @Command(
            name = "rotate-master-key",
            description = {
                "Wrap all secrets under another master key, while the service goes on.",
                "The key is that of guildhall.master-key, when every process has it and the former one in"
                        + " guildhall.previous-master-keys; or a new one in the home, when the home holds the key."
            })
    void rotateMasterKey() throws InterruptedException {
        JsonNode found = service().post("/master_key/rotate", Map.of());
        while (found.path("keys_behind").asLong() > 0) {
            say(
                    "%d keys are still to be wrapped anew.",
                    found.path("keys_behind").asLong());
            Thread.sleep(LOOK_EVERY_MILLIS);
            found = service().get("/master_key");
        }
        say("The master key is another one. Backups from before need the former one.");
    }

    private RunningService service() {
        return options.service();
    }

    private void say(String sentence, Object... arguments) {
        spec.commandLine().getOut().printf(sentence + "%n", arguments);
    }
}
