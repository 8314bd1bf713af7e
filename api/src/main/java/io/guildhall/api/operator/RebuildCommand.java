package io.guildhall.api.operator;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ./guildhall rebuild NAME… | --all}: makes projections anew while the service goes on, and shows how far it is. */
@Command(
        name = "rebuild",
        description = "Make projections anew from all events while the service goes on. Asks a running service.",
        sortOptions = false)
public final class RebuildCommand implements Callable<Integer> {

    private static final int BAR = 30;
    private static final long LOOK_EVERY_MILLIS = 500;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Wanted wanted;

    private static final class Wanted {

        @Parameters(paramLabel = "NAME", description = "Projections, by the names that `projections` shows.")
        private List<String> names = List.of();

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        @Option(names = "--accept", description = "Take over the last one built, although it differs.")
        private boolean accept;

        @Option(names = "--cancel", description = "Give up the one under way; what is in use stays.")
        private boolean cancel;
    }

    @Option(names = "--despite-differences", description = "Take over without comparing with what is in use.")
    private boolean despiteDifferences;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServiceOptions options;

    @Option(names = "--help", usageHelp = true, description = "Says this.")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        RunningService service = options.service();
        if (wanted.accept || wanted.cancel) {
            String id =
                    service.get("/rebuilds/latest").path("rebuild").path("id").asString();
            service.post("/rebuilds/" + id + (wanted.accept ? "/accept" : "/cancel"), Map.of());
        } else {
            service.post(
                    "/rebuilds",
                    Map.of("projections", wanted.names, "take_over_despite_differences", despiteDifferences));
        }
        return follow(service);
    }

    private int follow(RunningService service) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        while (true) {
            JsonNode rebuild = service.get("/rebuilds/latest").path("rebuild");
            out.print("\r" + line(rebuild) + "\u001b[K");
            out.flush();
            String state = rebuild.path("state").asString();
            if (!state.equals("BUILDING")) {
                out.println();
                if (rebuild.hasNonNull("reason")) {
                    out.println(rebuild.path("reason").asString());
                }
                if (state.equals("DIFFERS")) {
                    out.println(
                            "Nothing has changed. Take it over by `rebuild --accept`, or give it up by `rebuild --cancel`.");
                }
                return state.equals("DONE") || wanted.cancel ? ExitCode.OK : ExitCode.SOFTWARE;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** State, bar, position, rate and time left, in one line. */
    static String line(JsonNode rebuild) {
        long position = Long.parseLong(rebuild.path("position").asString());
        long target = Math.max(1, Long.parseLong(rebuild.path("target").asString()));
        double rate = rebuild.path("events_per_second").asDouble();
        boolean done = rebuild.path("state").asString().equals("DONE");
        int filled = (int) (done ? BAR : Math.min(BAR, BAR * position / target));
        String left = rebuild.hasNonNull("seconds_left")
                ? ", "
                        + Duration.ofSeconds(rebuild.path("seconds_left").asLong())
                                .toString()
                                .substring(2)
                                .toLowerCase(Locale.ROOT)
                        + " left"
                : "";
        return "%s [%s%s] %d of %d, %.0f events/s%s"
                .formatted(
                        rebuild.path("state").asString(),
                        "#".repeat(filled),
                        ".".repeat(BAR - filled),
                        position,
                        target,
                        rate,
                        left);
    }
}
