package io.guildhall.cli.operator;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code guildhall projections}: shows the state of each projection. */
@Command(name = "projections", description = "Shows the state of each projection. Calls a running service.")
public final class ProjectionsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServiceOptions options;

    @Override
    public void run() {
        JsonNode answer = options.service().get("/projections");
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%-18s %8s %12s %10s %9s %10s %-10s %12s%n",
                "PROJECTION", "VERSION", "POSITION", "LAG EVENTS", "SECONDS", "EVENTS/S", "STATE", "DEAD LETTERS");
        answer.path("projections")
                .forEach(each -> out.printf(
                        "%-18s %8d %12s %10s %9.1f %10s %-10s %12d%n",
                        each.path("name").asString(),
                        each.path("version").asInt(),
                        each.path("position").asString(),
                        each.path("lag_events").asString(),
                        each.path("lag_seconds").asDouble(),
                        each.hasNonNull("events_per_second")
                                ? "%.1f"
                                        .formatted(
                                                each.path("events_per_second").asDouble())
                                : "",
                        each.path("state").asString(),
                        each.path("dead_letters").asLong()));
        if (answer.path("dead_letters").asLong() > 0) {
            out.println();
            out.printf(
                    "%d dead letters in total: see `dead-letters list`.%n",
                    answer.path("dead_letters").asLong());
        }
        if (answer.hasNonNull("rebuild")) {
            out.println();
            out.println(RebuildCommand.line(answer.path("rebuild")));
        }
    }
}
