package io.guildhall.api.throttle;

import java.util.List;

/** Limits for tests. */
final class TestLimits {

    private TestLimits() {}

    /** All of them alike. */
    static ThrottleProperties all(Limit limit) {
        List<Limit> each = List.of(limit);
        return new ThrottleProperties(
                limit, each, each, each, each, each, each, each, each, each, each, each, each, each, each);
    }
}
