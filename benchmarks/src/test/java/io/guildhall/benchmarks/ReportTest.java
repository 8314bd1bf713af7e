package io.guildhall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.benchmarks.Scenario.Kind;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Scenario INSERT = new DurableInsert(new Database("", "", ""));
    private static final Scenario BARE = named("bare route", Kind.FLOOR);
    private static final Scenario FOUND = named("found", Kind.WRITE);
    private static final Scenario LIST = named("list members", Kind.READ);

    private final Report report = new Report();

    @Test
    void writes_are_compared_with_inserts_and_reads_with_the_bare_route() {
        report.add(INSERT, 8, measured(1_000, 1));
        report.add(BARE, 8, measured(5_000, 1));
        report.add(FOUND, 8, measured(400, 2));
        report.add(LIST, 8, measured(2_500, 2));

        assertThat(report.markdown())
                .contains("| found | 8 | 400 | 2.00 | 2.00 | 0.40 | 2.0 | met | 1000 |  | 0 |")
                .contains("| list members | 8 | 2,500 | 2.00 | 2.00 | 0.50 | 2.0 | met | 1000 |  | 0 |");
    }

    @Test
    void a_read_whose_slowest_answers_take_too_long_misses_its_target() {
        report.add(BARE, 8, measured(5_000, 1));
        report.add(LIST, 8, measured(2_500, 4));

        assertThat(report.markdown()).contains("| 4.0 | missed | 1000 |  | 0 |");
    }

    @Test
    void a_ratio_is_taken_within_its_round_and_the_median_counts() {
        for (int factor : new int[] {1, 2, 10}) {
            report.add(INSERT, 1, measured(100 * factor, 1));
            report.add(FOUND, 1, measured(30 * factor, 1));
        }

        assertThat(report.markdown()).contains("| found | 1 | 60 | 1.00 | 1.00 | 0.30 | 1.0 | missed | 1000 |  | 0 |");
    }

    private static Measured measured(int requests, long millis) {
        var latencies = new Histogram(5);
        latencies.recordValueWithCount(millis * 1_000_000, requests);
        return new Measured(latencies, 1, new Processors.Use(requests / 1e3, null, 0.0));
    }

    private static Scenario named(String name, Kind kind) {
        return new Scenario() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Kind kind() {
                return kind;
            }

            @Override
            public Caller caller(int number, int callers) {
                return tally -> false;
            }
        };
    }
}
