package io.guildhall.api.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.RequestRateLimiter;
import io.guildhall.infrastructure.observability.LogText;
import io.guildhall.infrastructure.ratelimit.CallerBudget;
import io.guildhall.infrastructure.ratelimit.RateLimit;
import io.guildhall.infrastructure.ratelimit.SharedBuckets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the requests of each caller over all nodes, and shows the state of the limit in the headers of each response.
 *
 * <p>A caller is the user, by all sessions and personal API tokens together; or the organization, by all of its API tokens; or else the
 * network address. A caller with a valid token is never counted by the address, so nobody uses up another's budget. Every other request
 * counts for the address, whatever rejects it: the route, a filter, the firewall or Tomcat. Requests of operators, health probes and static
 * files are not counted. The number of budgets in memory is bounded.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
@EnableConfigurationProperties(RateLimitProperties.class)
class RateLimitFilter extends OncePerRequestFilter implements RequestRateLimiter, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitFilter.class);

    static final String LIMIT = "x-ratelimit-limit";
    static final String REMAINING = "x-ratelimit-remaining";
    static final String RESET = "x-ratelimit-reset";

    private static final String COUNTING = RateLimitFilter.class.getName();
    private static final int MAX_BUDGETS = 50_000;
    private static final int MAX_TOKENS = 10_000;
    private static final int SYNCHRONIZATIONS_AT_ONCE = 2;

    private final RateLimit limit;
    private final BucketConfiguration configuration;
    private final String limitHeader;
    private final ConsumptionProbe unused;
    private final SharedBuckets buckets;

    /** On a virtual thread an interrupt would close the connection of a running statement. */
    private final ExecutorService background = Executors.newFixedThreadPool(
            SYNCHRONIZATIONS_AT_ONCE,
            Thread.ofPlatform().name("request-limits-", 1).daemon().factory());

    private volatile boolean failing;

    /** By the id of a user or organization, or by the network address. */
    private final Cache<Object, CallerBudget> budgets;

    /** Of tokens over the limit, by their hash: the database is not asked whose they are. */
    private final Cache<String, CallerBudget> exhausted;

    RateLimitFilter(SharedBuckets buckets, RateLimitProperties limits) {
        this.buckets = buckets;
        this.limit = limits.requestsPerCaller();
        this.configuration =
                BucketConfiguration.builder().addLimit(limit.window()).build();
        this.limitHeader = "%1$d, %1$d;w=%2$d"
                .formatted(limit.times(), Math.max(1, limit.per().toSeconds()));
        this.unused = ConsumptionProbe.consumed(limit.times(), 0);
        this.budgets = Caffeine.newBuilder()
                .maximumSize(MAX_BUDGETS)
                .expireAfterAccess(limit.per())
                .build();
        this.exhausted = Caffeine.newBuilder()
                .maximumSize(MAX_TOKENS)
                .expireAfterWrite(limit.per())
                .build();
    }

    /** One request, however often it is dispatched. */
    private static final class Counting {

        private final HttpServletResponse response;
        private boolean done;

        private Counting(HttpServletResponse response) {
            this.response = response;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(COUNTING, new Counting(response));
        CallerBudget ofAddress = budgets.getIfPresent(NetworkAddresses.limited(request));
        show(ofAddress == null ? unused : ofAddress.look(), response);
        chain.doFilter(request, response);
    }

    @Override
    public void requireSome(HttpServletRequest request) {
        if (request.getAttribute(COUNTING) instanceof Counting counting
                && !counting.done
                && exhausted.estimatedSize() > 0) {
            CallerBudget budget = exhausted.getIfPresent(tokenHash(request));
            if (budget != null) {
                ConsumptionProbe probe = budget.look();
                if (!probe.isConsumed()) {
                    counting.done = true;
                    reject(probe, counting);
                }
            }
        }
    }

    @Override
    public void count(HttpServletRequest request, @Nullable Caller caller) {
        if (!(request.getAttribute(COUNTING) instanceof Counting counting) || counting.done) {
            return;
        }
        counting.done = true;
        CallerBudget budget =
                budgets.get(caller == null ? NetworkAddresses.limited(request) : caller.limitedId(), this::budget);
        ConsumptionProbe probe = budget.take();
        if (!probe.isConsumed()) {
            if (caller != null) {
                exhausted.put(tokenHash(request), budget);
            }
            reject(probe, counting);
        }
        show(probe, counting.response);
    }

    @Override
    public void exempt(HttpServletRequest request) {
        if (request.getAttribute(COUNTING) instanceof Counting counting) {
            counting.done = true;
        }
    }

    /** Counts a request that was answered without being counted, by its network address. */
    void countRejected(HttpServletRequest request, @Nullable String address) {
        if (address == null || request.getAttribute(COUNTING) instanceof Counting counting && counting.done) {
            return;
        }
        budgets.get(NetworkAddresses.limited(address), this::budget).take();
    }

    private CallerBudget budget(Object caller) {
        return new CallerBudget(
                limit.times(),
                Bucket.builder()
                        .addLimit(limit.window())
                        .withCustomTimePrecision(buckets.time())
                        .build(),
                () -> buckets.bucketCountedHere("REQUESTS " + limit, caller.toString(), configuration),
                background,
                this::synchronizedWith);
    }

    /** Logs the first failure of several. */
    private void synchronizedWith(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            LOG.warn("Requests are counted by each node on its own: {}", LogText.of(failure.getMessage()));
        }
        failing = failure != null;
    }

    private static String tokenHash(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(TOKEN_HASH));
    }

    private void reject(ConsumptionProbe probe, Counting counting) {
        show(probe, counting.response);
        throw RequestRejectionException.rateLimitExceeded("Too many requests", reset(probe));
    }

    private void show(ConsumptionProbe probe, HttpServletResponse response) {
        response.setHeader(LIMIT, limitHeader);
        response.setHeader(REMAINING, Long.toString(probe.isConsumed() ? probe.getRemainingTokens() : 0));
        response.setHeader(
                RESET, Long.toString(Math.max(1, reset(probe).plusMillis(999).toSeconds())));
    }

    /** The time until the window ends. A caller without a request in the window has the whole window left. */
    private Duration reset(ConsumptionProbe probe) {
        long nanos = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return nanos == 0 ? limit.per() : Duration.ofNanos(nanos);
    }

    @Override
    public void destroy() {
        background.shutdownNow();
    }
}
