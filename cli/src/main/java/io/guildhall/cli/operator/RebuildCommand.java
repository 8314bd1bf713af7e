package io.guildhall.cli.operator;

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

/** {@code guildhall rebuild NAME… | --all}: rebuilds projections while the service runs, and shows the progress. */
@Command(
        name = "rebuild",
        description =
                "Rebuilds projections from all events while the service runs, and shows the progress. Calls a running service.")
public final class RebuildCommand implements Callable<Integer> {

    private static final int BAR = 30;
    private static final long POLL_MILLIS = 500;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Wanted wanted;

    private static final class Wanted {

        @Parameters(paramLabel = "NAME", description = "Names of projections, as `projections` shows them.")
        private List<String> names = List.of();

        @Option(names = "--all", description = "Rebuilds all projections.")
        private boolean all;

        @Option(
                names = "--accept",
                description = "Puts the last rebuild into use although its result differs from the tables in use.")
        private boolean accept;

        @Option(names = "--cancel", description = "Cancels the current rebuild. The tables in use stay.")
        private boolean cancel;
    }

    @Option(
            names = "--despite-differences",
            description = "Puts the result into use without comparing it with the tables in use.")
    private boolean despiteDifferences;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServiceOptions options;

    @Override
    public Integer call() throws InterruptedException {
        OperatorClient service = options.service();
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

    private int follow(OperatorClient service) throws InterruptedException {
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
                            "The tables in use are unchanged. Put the rebuilt ones into use with `rebuild --accept`, or drop them with `rebuild --cancel`.");
                }
                return state.equals("DONE") || wanted.cancel ? ExitCode.OK : ExitCode.SOFTWARE;
            }
            Thread.sleep(POLL_MILLIS);
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
