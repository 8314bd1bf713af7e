package io.guildhall.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.ratelimit.RateLimit;
import io.guildhall.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** By the network address; that callers are told apart is seen in {@code LimitsTest}. */
class RateLimitFilterTest {

    private static final DataSource DATABASE = TestDatabase.migrated().dataSource();
    private static final RateLimit LIMIT = new RateLimit(400, Duration.ofHours(1));

    /** Two nodes are exact to a tenth. */
    private static final int TOLERANCE = 40;

    private final String whom = "10.%d.%d.1".formatted(System.nanoTime() >> 8 & 255, System.nanoTime() & 255);
    private final List<RateLimitFilter> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(RateLimitFilter::destroy);
    }

    private record Reply(boolean allowed, MockHttpServletResponse headers) {

        int number(String header) {
            return Integer.parseInt(String.valueOf(headers.getHeader(header)));
        }
    }

    @Test
    void allowsWhatTheLimitAllowsAndSaysHowItStands() throws Exception {
        RateLimitFilter process = process(LIMIT, DATABASE);

        Reply first = request(process);
        assertThat(first.allowed()).isTrue();
        assertThat(first.headers().getHeader("x-ratelimit-limit")).isEqualTo("400, 400;w=3600");
        assertThat(first.number("x-ratelimit-remaining")).isEqualTo(399);
        assertThat(first.number("x-ratelimit-reset")).isBetween(1, 3600);
        assertThat(allowedOf(process, 500)).isEqualTo(399);
        Reply last = request(process);
        assertThat(last.allowed()).isFalse();
        assertThat(last.number("x-ratelimit-remaining")).isZero();
    }

    @Test
    void isOneLimitForWhoHammersTwoProcesses() throws Exception {
        List<RateLimitFilter> two = List.of(process(LIMIT, DATABASE), process(LIMIT, DATABASE));
        List<Callable<Boolean>> tries = IntStream.range(0, 1_200)
                .<Callable<Boolean>>mapToObj(i -> () -> request(two.get(i % 2)).allowed())
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(tries).stream().map(Future::resultNow).filter(allowed -> allowed))
                    .hasSizeBetween(400 - TOLERANCE, 400 + TOLERANCE);
        }
    }

    @Test
    void isOneLimitForACallerWhoMovesToAnotherNode() throws Exception {
        RateLimitFilter first = process(LIMIT, DATABASE);
        RateLimitFilter second = process(LIMIT, DATABASE);

        assertThat(allowedOf(first, 300)).isEqualTo(300);
        assertThat(allowedOf(second, 500)).isBetween(100, 100 + TOLERANCE);
    }

    @Test
    void holdsOneToItAndNotTheNext() throws Exception {
        RateLimitFilter process = process(new RateLimit(3, Duration.ofHours(1)), DATABASE);

        assertThat(allowedOf(process, 5)).isEqualTo(3);
        assertThat(request(process, "192.0.2.7").allowed()).isTrue();
    }

    @Test
    void beginsAnewWhenTheTimeIsOver() throws Exception {
        RateLimitFilter process = process(new RateLimit(20, Duration.ofSeconds(1)), DATABASE);

        // However slow the machine is: where the twenty take a second, they are allowed the next twenty.
        Reply reply = request(process);
        int allowed = 0;
        while (reply.allowed() && allowed < 1_000) {
            allowed++;
            reply = request(process);
        }
        assertThat(allowed).isBetween(20, 999);
        Thread.sleep(1_000L * reply.number("x-ratelimit-reset") + 100);
        assertThat(request(process).allowed()).isTrue();
    }

    @Test
    void countsOnItsOwnWhenThereIsNoDatabase() throws Exception {
        RateLimitFilter process = process(LIMIT, withoutConnections(() -> {
            throw new SQLTransientConnectionException("away");
        }));

        assertThat(allowedOf(process, 500)).isEqualTo(400);
    }

    @Test
    void hardlyWaitsForADatabaseThatHangs() throws Exception {
        RateLimitFilter process = process(LIMIT, withoutConnections(() -> {
            Thread.sleep(60_000);
            throw new SQLTransientConnectionException("away");
        }));
        long begun = System.nanoTime();

        assertThat(allowedOf(process, 300)).isEqualTo(300);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void needsNoDatabaseBelowTwoPercentOfTheLimit() throws Exception {
        var connections = new AtomicInteger();
        RateLimitFilter process = process(LIMIT, withoutConnections(() -> {
            connections.incrementAndGet();
            throw new SQLTransientConnectionException("away");
        }));

        assertThat(allowedOf(process, 7)).isEqualTo(7);

        process.destroy();
        assertThat(connections).hasValue(0);
    }

    @Test
    void deletesBucketsThatAreFullAgainAndStoresNobodysAddress() throws Exception {
        RateLimitFilter process = process(new RateLimit(3, Duration.ofMillis(100)), DATABASE);
        request(process, "192.0.2.99");
        await("shared").until(() -> ids("where id like 'REQUESTS 3/PT0.1S %'").size() == 1);
        assertThat(ids("")).noneMatch(id -> id.contains("192.0"));

        JdbcClient.create(DATABASE)
                .sql("update rate_limit_buckets set expires_at = expires_at - 120000")
                .update();
        TestLimits.buckets(DATABASE).deleteExpired();

        assertThat(ids("where id like 'REQUESTS 3/PT0.1S %'")).isEmpty();
    }

    private static List<String> ids(String where) {
        return JdbcClient.create(DATABASE)
                .sql("select id from rate_limit_buckets " + where)
                .query(String.class)
                .list();
    }

    private int allowedOf(RateLimitFilter process, int requests) throws Exception {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += request(process).allowed() ? 1 : 0;
        }
        return allowed;
    }

    private Reply request(RateLimitFilter process) throws Exception {
        return request(process, whom);
    }

    private static Reply request(RateLimitFilter process, String address) throws Exception {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        var response = new MockHttpServletResponse();
        process.doFilter(request, response, new MockFilterChain());
        try {
            process.count(request, null);
            process.count(request, null);
            return new Reply(true, response);
        } catch (RequestRejectionException refused) {
            assertThat(refused.problem().getStatus()).isEqualTo(429);
            return new Reply(false, response);
        }
    }

    private RateLimitFilter process(RateLimit limit, DataSource database) {
        var process = new RateLimitFilter(TestLimits.buckets(database), TestLimits.all(limit));
        processes.add(process);
        return process;
    }

    private static DataSource withoutConnections(Callable<Object> instead) {
        return (DataSource) Proxy.newProxyInstance(
                RateLimitFilterTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> instead.call());
    }
}
