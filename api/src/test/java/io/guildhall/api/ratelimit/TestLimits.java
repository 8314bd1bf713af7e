package io.guildhall.api.ratelimit;

import io.guildhall.infrastructure.ratelimit.KeyedPseudonymizer;
import io.guildhall.infrastructure.ratelimit.RateLimit;
import io.guildhall.infrastructure.ratelimit.SharedBuckets;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** Limits for tests. */
final class TestLimits {

    private TestLimits() {}

    static SharedBuckets buckets(DataSource database) {
        return new SharedBuckets(database, new KeyedPseudonymizer(purpose -> new byte[32]), Clock.systemUTC());
    }

    /** All of them alike. */
    static RateLimitProperties all(RateLimit limit) {
        List<RateLimit> each = List.of(limit);
        return new RateLimitProperties(
                limit, each, each, each, each, each, each, each, each, each, each, each, each, each, each);
    }
}
