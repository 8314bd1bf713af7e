package io.guildhall.cli.operator;

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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code guildhall dead-letters}: lists, retries and discards the events that a projection could not process. */
@Command(
        name = "dead-letters",
        description =
                "Lists, retries or discards events that a projection could not process, and the events behind them. Calls a running service.")
public final class DeadLettersCommand {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServiceOptions options;

    @Command(name = "list", description = "Lists dead letters, the oldest first.")
    void list(
            @Parameters(paramLabel = "PROJECTION", arity = "0..1", description = "Lists those of this projection only.")
                    @Nullable String projection) {
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
            description = "Processes dead letters again, after their cause is fixed. Without arguments: all of them.")
    int retry(
            @Option(
                            names = "--projection",
                            paramLabel = "NAME",
                            description = "Processes all dead letters of this projection.")
                    @Nullable String projection,
            @Parameters(
                            paramLabel = "LETTER",
                            arity = "0..*",
                            description =
                                    "Ids that `list` shows. Each stands for all dead letters of its projection and stream.")
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

    @Command(name = "discard", description = "Drops an event from a projection. The events behind it are processed.")
    int discard(@Parameters(paramLabel = "LETTER", description = "The id that `list` shows.") String id) {
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
