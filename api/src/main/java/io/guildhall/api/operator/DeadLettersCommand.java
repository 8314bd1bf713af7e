package io.guildhall.api.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

/** {@code ./guildhall dead-letters …}: events that a projection could not take. */
@Command(
        name = "dead-letters",
        description =
                "Events that a projection could not take, and those that wait behind them. Asks a running service.",
        sortOptions = false)
public final class DeadLettersCommand implements Runnable {

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
        throw new ParameterException(spec.commandLine(), "Which of list, retry and discard?");
    }

    @Command(name = "list", description = "Show them, the oldest first.")
    void list(
            @Parameters(paramLabel = "PROJECTION", arity = "0..1", description = "Those of this one only.") @Nullable String projection) {
        String path = "/dead_letters?limit=100";
        if (projection != null) {
            path += "&projection=" + URLEncoder.encode(projection, UTF_8);
        }
        JsonNode found = options.service().get(path);
        found.path("dead_letters")
                .forEach(letter -> say(
                        "%s  %-16s %s %s, position %s, %s at %s of %s, tried %d times%s",
                        letter.path("id").asString(),
                        letter.path("projection").asString(),
                        letter.path("state").asString(),
                        letter.path("parked_at").asString(),
                        letter.path("position").asString(),
                        letter.path("event").asString(),
                        letter.path("sequence").asString(),
                        letter.path("stream_id").asString(),
                        letter.path("attempts").asInt(),
                        letter.path("reason").asString().isEmpty()
                                ? ""
                                : ": " + letter.path("reason").asString()));
        say("%d in all.", found.path("count").asLong());
    }

    @Command(
            name = "retry",
            description = "Project them now: what was wrong is mended. All of them if nothing is named.")
    int retry(
            @Option(names = "--projection", paramLabel = "NAME", description = "All of this projection.") @Nullable String projection,
            @Parameters(
                            paramLabel = "LETTER",
                            arity = "0..*",
                            description = "Ids, as `list` shows them; each with all of the same projection and stream.")
                    @Nullable List<String> ids) {
        if (ids == null || ids.isEmpty()) {
            Map<String, ?> wanted = projection == null ? Map.of() : Map.of("projection", projection);
            return outcome(options.service().post("/dead_letters/retry", wanted));
        }
        int worst = ExitCode.OK;
        for (String id : ids) {
            worst = Math.max(worst, outcome(options.service().post("/dead_letters/" + id + "/retry", Map.of())));
        }
        return worst;
    }

    @Command(
            name = "discard",
            description = "Let a projection go without an event. Those that waited behind it are projected.")
    int discard(@Parameters(paramLabel = "LETTER", description = "Its id.") String id) {
        JsonNode outcome = options.service().post("/dead_letters/" + id + "/discard", Map.of());
        say("%s is discarded.", id);
        outcome(outcome);
        return ExitCode.OK;
    }

    private int outcome(JsonNode outcome) {
        long left = outcome.path("count").asLong();
        say("%d projected, %d left.", outcome.path("projected").asLong(), left);
        return left == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void say(String sentence, Object... arguments) {
        spec.commandLine().getOut().printf(sentence + "%n", arguments);
    }
}
