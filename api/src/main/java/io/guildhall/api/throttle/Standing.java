package io.guildhall.api.throttle;

import java.time.Duration;

/**
 * How a caller stands after a request.
 *
 * @param allowed whether the request was within the limit
 * @param remaining how many more are, as far as this process knows
 * @param reset until the caller has all of them again
 */
record Standing(boolean allowed, int remaining, Duration reset) {

    /** Rounded up. */
    long resetSeconds() {
        return Math.max(1, reset.plusMillis(999).toSeconds());
    }
}
