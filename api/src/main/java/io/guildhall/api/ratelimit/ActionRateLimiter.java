package io.guildhall.api.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.ratelimit.SharedBuckets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Limits actions such as sign-ins and mails over all nodes, exactly: each use is a transaction on a bucket in PostgreSQL. */
@Component
@EnableConfigurationProperties(RateLimitProperties.class)
public class ActionRateLimiter {

    private final SharedBuckets buckets;
    private final RateLimitProperties limits;

    ActionRateLimiter(SharedBuckets buckets, RateLimitProperties limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    /** Counts one use, or rejects it and says when to try again. A repeated request was counted before. */
    public void count(RateLimitedAction action, String subject) {
        if (IdempotentExecution.current().isReplay()) {
            return;
        }
        var probe = bucket(action, subject).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw rejection(action, probe.getNanosToWaitForRefill());
        }
    }

    /** Rejects when no use is left, and counts nothing. */
    public void requireSome(RateLimitedAction action, String subject) {
        var probe = bucket(action, subject).estimateAbilityToConsume(1);
        if (!probe.canBeConsumed()) {
            throw rejection(action, probe.getNanosToWaitForRefill());
        }
    }

    /** Counts one of each use and does the work, or rejects it. Work that is rejected has mailed and changed nothing; it is not counted. */
    public void counted(List<RateLimitedAction.Use> uses, Runnable work) {
        List<RateLimitedAction.Use> counted = new ArrayList<>();
        try {
            for (RateLimitedAction.Use use : uses) {
                count(use.action(), use.subject());
                counted.add(use);
            }
            work.run();
        } catch (DomainRejectionException | RequestRejectionException rejection) {
            counted.forEach(this::giveBack);
            throw rejection;
        }
    }

    private void giveBack(RateLimitedAction.Use use) {
        if (!IdempotentExecution.current().isReplay()) {
            bucket(use.action(), use.subject()).addTokens(1);
        }
    }

    /** Counts one use if there is one left, and says whether there was. */
    public boolean tryCount(RateLimitedAction.Use use) {
        return bucket(use.action(), use.subject()).tryConsume(1);
    }

    /** Gives all uses back. */
    public void reset(RateLimitedAction.Use use) {
        bucket(use.action(), use.subject()).reset();
    }

    private static RequestRejectionException rejection(RateLimitedAction action, long nanosToWait) {
        return RequestRejectionException.rateLimitExceeded(action.tooMany(), Duration.ofNanos(nanosToWait));
    }

    private Bucket bucket(RateLimitedAction action, String subject) {
        var configuration = BucketConfiguration.builder();
        action.limits(limits).forEach(limit -> configuration.addLimit(limit.gradual()));
        return buckets.bucket(action.name(), subject, configuration.build());
    }
}
