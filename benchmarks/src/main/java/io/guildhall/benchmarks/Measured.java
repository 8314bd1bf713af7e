package io.guildhall.benchmarks;

import org.HdrHistogram.Histogram;

/** What a scenario came to: requests by their latency in nanoseconds, and in how long a time. */
record Measured(Histogram latencies, double seconds) {

    private static final double MILLI = 1e6;

    double perSecond() {
        return latencies.getTotalCount() / seconds;
    }

    double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / MILLI;
    }
}
