package io.guildhall.benchmarks;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a scenario came to: requests by their latency in nanoseconds, and in how long a time. */
record Measured(Histogram latencies, double seconds, Processors.Use used) {

    private static final double MILLI = 1e6;
    private static final double MICROS = 1e6;

    double perSecond() {
        return latencies.getTotalCount() / seconds;
    }

    /** The part of a request in so many seconds of a processor, in microseconds. */
    @Nullable Double micros(@Nullable Double seconds) {
        return seconds == null ? null : (Double) (seconds * MICROS / Math.max(1, latencies.getTotalCount()));
    }

    double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / MILLI;
    }
}
