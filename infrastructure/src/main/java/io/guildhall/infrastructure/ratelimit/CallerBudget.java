package io.guildhall.infrastructure.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.distributed.BucketProxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one caller on this node. A request is counted in memory, without a database access. Each time that another 2 % of the
 * limit is used, the count is synchronized in the background with the bucket that all nodes share. The count of a caller who uses less stays in memory.
 * A caller whose requests come faster than the synchronization waits for it at 3 %, so that two nodes are exact to 10 %. Without the
 * database each node counts on its own.
 */
public final class CallerBudget {

    private static final int SYNCHRONIZATIONS_PER_LIMIT = 50;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    private final int limit;
    private final Supplier<BucketProxy> shared;
    private final Executor background;
    private final Consumer<@Nullable Throwable> outcome;
    private final int step;
    private final AtomicInteger uses = new AtomicInteger();
    private volatile Bucket bucket;
    private CompletableFuture<Void> synchronization = CompletableFuture.completedFuture(null);

    /**
     * @param local counts until there is something to share
     * @param shared the bucket of all nodes; called once
     * @param outcome called after each synchronization: with null, or with the failure
     */
    public CallerBudget(
            int limit,
            Bucket local,
            Supplier<BucketProxy> shared,
            Executor background,
            Consumer<@Nullable Throwable> outcome) {
        this.limit = limit;
        this.bucket = local;
        this.shared = shared;
        this.background = background;
        this.outcome = outcome;
        this.step = Math.max(1, limit / SYNCHRONIZATIONS_PER_LIMIT);
    }

    /** Counts one request, if the limit allows another one. */
    public ConsumptionProbe take() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        int unsynchronized = probe.isConsumed() ? uses.incrementAndGet() : 0;
        if (unsynchronized >= step) {
            CompletableFuture<Void> current = synchronize();
            if (unsynchronized > step + step / 2) {
                await(current);
            }
        }
        return probe;
    }

    /** What a request would find; counts nothing. */
    public ConsumptionProbe look() {
        EstimationProbe probe = bucket.estimateAbilityToConsume(1);
        return probe.canBeConsumed()
                ? ConsumptionProbe.consumed(
                        probe.getRemainingTokens(),
                        bucket.asVerbose().getAvailableTokens().getDiagnostics().calculateFullRefillingTime())
                : ConsumptionProbe.rejected(0, probe.getNanosToWaitForRefill(), 0);
    }

    private synchronized CompletableFuture<Void> synchronize() {
        if (synchronization.isDone()) {
            uses.set(0);
            synchronization = CompletableFuture.runAsync(this::exchangeCounts, background)
                    .whenComplete((done, failure) -> outcome.accept(failure));
        }
        return synchronization;
    }

    private void exchangeCounts() {
        if (bucket instanceof BucketProxy known) {
            known.getOptimizationController().syncImmediately();
            return;
        }
        Bucket local = bucket;
        BucketProxy of = shared.get();
        long used = limit - local.getAvailableTokens();
        if (used > 0) {
            of.consumeIgnoringRateLimits(used);
        }
        bucket = of;
        long meanwhile = limit - local.getAvailableTokens() - used;
        if (meanwhile > 0) {
            of.consumeIgnoringRateLimits(meanwhile);
        }
    }

    private void await(CompletableFuture<Void> current) {
        try {
            current.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The node counts alone. The next request that waits does so after another 2 % of the limit.
            uses.set(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
