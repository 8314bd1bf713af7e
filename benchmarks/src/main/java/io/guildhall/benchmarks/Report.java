package io.guildhall.benchmarks;

import static java.util.Objects.requireNonNull;

import io.guildhall.benchmarks.Scenario.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What was measured, as a table in Markdown: of several rounds the median, and ratios only within a round. */
final class Report {

    private static final double WRITES_AT_LEAST = 0.35;
    private static final double READS_AT_LEAST = 0.4;
    private static final double READS_P99_AT_MOST = 3;

    private record Line(String scenario, Kind kind, int callers) {}

    /** With its round's floor; null for a floor. */
    private record Round(Measured measured, @Nullable Measured floor) {

        double ofFloor() {
            return measured.perSecond() / requireNonNull(floor).perSecond();
        }

        double p99OfFloor() {
            return measured.millisAt(99) / requireNonNull(floor).millisAt(99);
        }
    }

    private final Map<Line, List<Round>> lines = new LinkedHashMap<>();
    private final Map<Kind, Measured> floors = new HashMap<>();

    /** Floors come first in each round. */
    void add(Scenario scenario, int callers, Measured measured) {
        if (scenario.kind() == Kind.FLOOR) {
            floors.put(scenario instanceof DurableInsert ? Kind.WRITE : Kind.READ, measured);
        }
        lines.computeIfAbsent(new Line(scenario.name(), scenario.kind(), callers), line -> new ArrayList<>())
                .add(new Round(measured, floors.get(scenario.kind())));
    }

    String markdown() {
        var table = new StringBuilder();
        row(
                table,
                "scenario",
                "callers",
                "requests/s",
                "p50 ms",
                "p99 ms",
                "of its floor",
                "p99 of the floor's",
                "target",
                "service µs",
                "database µs",
                "load µs");
        row(table, "---", "--:", "--:", "--:", "--:", "--:", "--:", "---", "--:", "--:", "--:");
        lines.forEach((line, rounds) -> {
            boolean floor = line.kind() == Kind.FLOOR;
            row(
                    table,
                    line.scenario(),
                    String.valueOf(line.callers()),
                    number("%,.0f", median(rounds, round -> round.measured().perSecond())),
                    number("%.2f", median(rounds, round -> round.measured().millisAt(50))),
                    number("%.2f", median(rounds, round -> round.measured().millisAt(99))),
                    floor ? "" : number("%.2f", median(rounds, Round::ofFloor)),
                    floor ? "" : number("%.1f", median(rounds, Round::p99OfFloor)),
                    floor ? "" : isMet(line.kind(), rounds) ? "met" : "missed",
                    micros(rounds, Processors.Use::service),
                    micros(rounds, Processors.Use::database),
                    micros(rounds, Processors.Use::load));
        });
        return table.toString();
    }

    private static boolean isMet(Kind kind, List<Round> rounds) {
        double ratio = median(rounds, Round::ofFloor);
        return kind == Kind.WRITE
                ? ratio >= WRITES_AT_LEAST
                : ratio >= READS_AT_LEAST && median(rounds, Round::p99OfFloor) <= READS_P99_AT_MOST;
    }

    private static String micros(List<Round> rounds, Function<Processors.Use, @Nullable Double> whose) {
        List<Measured> all = rounds.stream().map(Round::measured).toList();
        if (all.stream().anyMatch(measured -> whose.apply(measured.used()) == null)) {
            return "";
        }
        return number(
                "%.0f",
                median(
                        rounds,
                        round -> requireNonNull(round.measured()
                                .micros(whose.apply(round.measured().used())))));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
