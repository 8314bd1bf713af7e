package io.guildhall.api.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.guildhall.api.secret.MasterKey;
import io.guildhall.api.secret.TokenFormat;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.RequestBudgets;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.domain.shared.CommandRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many requests of one caller in so long, over all processes, and a word about it in each reply.
 *
 * <p>A caller is the person, by all sessions and personal API tokens together; or the organization, by all of its API tokens; or else
 * the network address. A caller with a valid token is never counted by the address, so nobody can use up another's budget. Every
 * other request is, whatever refuses it: the route, a filter, the firewall or Tomcat. Only operators and health probes are not
 * limited. The number of budgets in memory is bounded.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
@EnableConfigurationProperties(ThrottleProperties.class)
class RequestLimit extends OncePerRequestFilter implements RequestBudgets, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLimit.class);

    static final String LIMIT = "x-ratelimit-limit";
    static final String REMAINING = "x-ratelimit-remaining";
    static final String RESET = "x-ratelimit-reset";

    private static final String CALL = RequestLimit.class.getName();
    private static final int BUDGETS_KEPT = 50_000;
    private static final int TOKENS_KEPT = 10_000;

    private final Limit limit;
    private final String limitShown;
    private final Standing untouched;
    private final Pseudonyms pseudonyms;
    private final Leases leases;

    /** By the id of a person or organization, or by the network address. */
    private final Cache<Object, Budget> budgets;

    /** Of tokens that have come too often, by their hash. */
    private final Cache<String, Budget> exhausted;

    RequestLimit(DataSource dataSource, ThrottleProperties limits, MasterKey master) {
        this.limit = limits.requestsPerCaller();
        this.limitShown = "%1$d, %1$d;w=%2$d"
                .formatted(limit.times(), Math.max(1, limit.per().toSeconds()));
        this.untouched = new Standing(true, limit.times(), limit.per());
        this.pseudonyms = new Pseudonyms(master);
        this.leases = new Leases(dataSource, limit);
        this.budgets = Caffeine.newBuilder()
                .maximumSize(BUDGETS_KEPT)
                .expireAfterAccess(limit.per())
                .build();
        this.exhausted = Caffeine.newBuilder()
                .maximumSize(TOKENS_KEPT)
                .expireAfterWrite(limit.per())
                .build();
    }

    /** One request, however often it is dispatched. */
    private static final class Call {

        private final HttpServletResponse response;
        private boolean counted;

        private Call(HttpServletResponse response) {
            this.response = response;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(CALL, new Call(response));
        Budget ofAddress = budgets.getIfPresent(NetworkAddresses.limited(request));
        show(ofAddress == null ? untouched : ofAddress.look(), response);
        chain.doFilter(request, response);
    }

    @Override
    public void requireSome(HttpServletRequest request) {
        if (request.getAttribute(CALL) instanceof Call call && !call.counted && exhausted.estimatedSize() > 0) {
            Budget budget = exhausted.getIfPresent(token(request));
            if (budget != null) {
                Standing standing = budget.look();
                if (!standing.allowed()) {
                    call.counted = true;
                    refuse(standing, call);
                }
            }
        }
    }

    @Override
    public void count(HttpServletRequest request, @Nullable Caller caller) {
        if (!(request.getAttribute(CALL) instanceof Call call) || call.counted) {
            return;
        }
        call.counted = true;
        Budget budget = budgets.get(whom(request, caller), this::budget);
        Standing standing = take(budget);
        if (!standing.allowed()) {
            if (caller != null) {
                exhausted.put(token(request), budget);
            }
            refuse(standing, call);
        }
        show(standing, call.response);
    }

    @Override
    public void exempt(HttpServletRequest request) {
        if (request.getAttribute(CALL) instanceof Call call) {
            call.counted = true;
        }
    }

    /** Counts a request that was answered without being counted, by its network address. */
    void countRefused(HttpServletRequest request, @Nullable String address) {
        if (address == null || request.getAttribute(CALL) instanceof Call call && call.counted) {
            return;
        }
        take(budgets.get(NetworkAddresses.limited(address), this::budget));
    }

    private static Object whom(HttpServletRequest request, @Nullable Caller caller) {
        if (caller == null) {
            return NetworkAddresses.limited(request);
        }
        return caller.limitedId();
    }

    private Budget budget(Object whom) {
        return new Budget(pseudonyms.of(whom.toString()), limit, System.nanoTime(), leases::ask);
    }

    private static Standing take(Budget budget) {
        try {
            return budget.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a request was counted", e);
        }
    }

    private static String token(HttpServletRequest request) {
        return TokenFormat.hash(String.valueOf(request.getHeader(HttpHeaders.AUTHORIZATION)));
    }

    private void refuse(Standing standing, Call call) {
        show(standing, call.response);
        throw CommandRefused.because(new WebRefusal.RateLimitExceeded("Too many requests", standing.reset()));
    }

    private void show(Standing standing, HttpServletResponse response) {
        response.setHeader(LIMIT, limitShown);
        response.setHeader(REMAINING, Integer.toString(standing.remaining()));
        response.setHeader(RESET, Long.toString(standing.resetSeconds()));
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
    void forget() {
        try {
            leases.forget();
        } catch (SQLException e) {
            LOG.warn("Windows of requests that have ended stay for now: {}", e.getMessage());
        }
    }

    @Override
    public void destroy() {
        leases.close();
    }
}
