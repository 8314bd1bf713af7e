package io.guildhall.cli.operator;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code guildhall operator}: what only operators may do, through a running service. */
@Command(
        name = "operator",
        description =
                "Changes what only operators may change: limits, locks, erasure, mails, the master key. Calls a running service.")
public final class OperatorCommand {

    private static final long POLL_MILLIS = 2_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServiceOptions options;

    @Command(name = "raise-limit", description = "Raises the number of organizations that a user may belong to.")
    void raiseLimit(
            @Parameters(paramLabel = "USER", description = "A user's id or e-mail address.") String user,
            @Parameters(paramLabel = "LIMIT", description = "The new limit.") int limit) {
        String id = service().user(user);
        service().post("/users/" + id + "/membership_limit", Map.of("limit", limit));
        say("User %s can now belong to %d organizations.", id, limit);
    }

    @Command(
            name = "erase",
            description = "Erases a user: destroys the key of all personal data of the user. Cannot be undone.")
    void erase(@Parameters(paramLabel = "USER", description = "A user's id or e-mail address.") String user) {
        String id = service().user(user);
        service().post("/users/" + id + "/erase", Map.of());
        say("User %s is erased.", id);
    }

    @Command(name = "lock", description = "Locks an organization. Its members are told the reason by mail.")
    void lock(
            @Parameters(paramLabel = "ORGANIZATION", description = "An organization's id or name.") String organization,
            @Parameters(paramLabel = "REASON", description = "Shown to its members.") String reason) {
        String id = service().organization(organization);
        service().post("/organizations/" + id + "/lock", Map.of("reason", reason));
        say("Organization %s is locked.", id);
    }

    @Command(name = "unlock", description = "Unlocks an organization.")
    void unlock(
            @Parameters(paramLabel = "ORGANIZATION", description = "An organization's id or name.")
                    String organization) {
        String id = service().organization(organization);
        service().post("/organizations/" + id + "/unlock", Map.of());
        say("Organization %s is unlocked.", id);
    }

    @Command(
            name = "check-trail",
            description = "Verifies that an organization's events are those that were logged and signed.")
    int checkTrail(
            @Parameters(paramLabel = "ORGANIZATION", description = "An organization's id or name.")
                    String organization) {
        String id = service().organization(organization);
        JsonNode found = service().post("/organizations/" + id + "/check_trail", Map.of());
        found.path("findings").forEach(each -> say("%s", each.path("what").asString()));
        boolean holds = found.path("holds").asBoolean();
        say(
                "%d activities, %d checkpoints: %s",
                found.path("size").asLong(),
                found.path("checkpoints").asInt(),
                holds ? "all of them hold." : "the trail was tampered with.");
        return holds ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(name = "mails", description = "Lists mails whose delivery failed finally.")
    void mails() {
        JsonNode found = service().get("/mails?limit=100");
        found.path("mails")
                .forEach(mail -> say(
                        "%s  %-18s to %s %s, failed %s after %d attempts: %s",
                        mail.path("id").asString(),
                        mail.path("kind").asString(),
                        mail.path("recipient_type").asString(),
                        mail.path("recipient_id").asString(),
                        mail.path("parked_at").asString(),
                        mail.path("attempts").asInt(),
                        mail.path("reason").asString()));
        say("%d in all.", found.path("count").asLong());
    }

    @Command(name = "retry-mails", description = "Sends failed mails again. Without arguments: all of them.")
    void retryMails(
            @Parameters(paramLabel = "MAIL", arity = "0..*", description = "Ids that `mails` shows.")
                    List<String> ids) {
        if (ids == null || ids.isEmpty()) {
            say(
                    "%d mails are sent again.",
                    service().post("/mails/retry", Map.of()).path("count").asLong());
            return;
        }
        for (String id : ids) {
            service().post("/mails/" + id + "/retry", Map.of());
            say("Mail %s is sent again.", id);
        }
    }

    @Command(name = "discard-mail", description = "Deletes a failed mail.")
    void discardMail(@Parameters(paramLabel = "MAIL", description = "The id that `mails` shows.") String id) {
        service().post("/mails/" + id + "/discard", Map.of());
        say("Mail %s is deleted.", id);
    }

    @Command(
            name = "rotate-master-key",
            description = {
                "Encrypts all keys with another master key, while the service runs.",
                "If the configuration holds the key, it is that of guildhall.master-key. Each process then needs the former key in guildhall.previous-master-keys.",
                "If the home holds the key, a new one is generated."
            })
    void rotateMasterKey() throws InterruptedException {
        JsonNode found = service().post("/master_key/rotate", Map.of());
        while (found.path("keys_behind").asLong() > 0) {
            say("%d keys are left.", found.path("keys_behind").asLong());
            Thread.sleep(POLL_MILLIS);
            found = service().get("/master_key");
        }
        say("The master key is rotated. Earlier backups need the former key.");
    }

    private OperatorClient service() {
        return options.service();
    }

    private void say(String sentence, Object... arguments) {
        spec.commandLine().getOut().printf(sentence + "%n", arguments);
    }
}
