package io.guildhall.benchmarks;

import org.HdrHistogram.Histogram;

/** What one caller saw between two moments; for one thread. */
final class Tally {

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private final long since;
    private final long until;

    Tally(long since, long until) {
        this.since = since;
        this.until = until;
    }

    /** A request that was sent at that moment has now been answered. */
    void answered(long sent) {
        long now = System.nanoTime();
        if (now - since >= 0 && now - until <= 0) {
            latencies.recordValue(Math.min(now - sent, LONGEST_NANOS));
        }
    }

    Histogram latencies() {
        return latencies;
    }
}
