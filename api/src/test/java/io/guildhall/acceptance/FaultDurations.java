package io.guildhall.acceptance;

import java.time.Duration;

/** How long faults last, and what is asked of the time after them. */
final class FaultDurations {

    /** {@code -Dfaults}: as long as is promised, and measured against what is promised. Without it they are short, and deadlines generous. */
    static final boolean LONG = System.getProperty("faults") != null;

    static final Duration BACK_WITHIN = LONG ? Duration.ofSeconds(2) : Duration.ofSeconds(15);
    /** The pool tries to connect at least every 5 s. */
    static final Duration DATABASE_BACK_WITHIN = LONG ? Duration.ofSeconds(7) : Duration.ofSeconds(15);

    static final Duration CURRENT_WITHIN = LONG ? Duration.ofSeconds(5) : Duration.ofSeconds(20);

    private FaultDurations() {}

    static Duration lasting(Duration shortly) {
        return LONG ? Duration.ofSeconds(30) : shortly;
    }

    /** Printed, because it is a result. */
    static void report(String fault, String result) {
        System.out.printf("Fault: %s. %s%n", fault, result);
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
