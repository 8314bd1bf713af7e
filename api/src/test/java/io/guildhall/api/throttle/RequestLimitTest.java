package io.guildhall.api.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.api.web.WebRefusal;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** By the network address; that callers are told apart is seen in {@code LimitsTest}. */
class RequestLimitTest {

    private static final DataSource DATABASE = TestDatabase.migrated().dataSource();
    private static final Limit LIMIT = new Limit(400, Duration.ofHours(1));

    /** Those that are let through on credit before a process has learnt that others have used all of it up. */
    private static final int CREDIT = 4;

    private final String whom = "10.%d.%d.1".formatted(System.nanoTime() >> 8 & 255, System.nanoTime() & 255);
    private final List<RequestLimit> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(RequestLimit::destroy);
    }

    private record Reply(boolean allowed, MockHttpServletResponse headers) {

        int number(String header) {
            return Integer.parseInt(String.valueOf(headers.getHeader(header)));
        }
    }

    @Test
    void allowsWhatTheLimitAllowsAndSaysHowItStands() throws Exception {
        RequestLimit process = process(LIMIT, DATABASE);

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
        List<RequestLimit> two = List.of(process(LIMIT, DATABASE), process(LIMIT, DATABASE));
        List<Callable<Boolean>> tries = IntStream.range(0, 1_200)
                .<Callable<Boolean>>mapToObj(i -> () -> request(two.get(i % 2)).allowed())
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(tries).stream().map(Future::resultNow).filter(allowed -> allowed))
                    .hasSizeBetween(396, 400 + CREDIT);
        }
    }

    @Test
    void leavesLittleIdleAtAProcessThatIsHardlyUsed() throws Exception {
        RequestLimit hardly = process(LIMIT, DATABASE);
        RequestLimit mostly = process(LIMIT, DATABASE);

        assertThat(allowedOf(hardly, 10)).isEqualTo(10);
        int allowed = allowedOf(mostly, 500);
        assertThat(allowed).isBetween(375, 390);
        assertThat(10 + allowed + allowedOf(hardly, 100)).isLessThanOrEqualTo(400 + CREDIT);
    }

    @Test
    void holdsOneToItAndNotTheNext() throws Exception {
        RequestLimit process = process(new Limit(3, Duration.ofHours(1)), DATABASE);

        assertThat(allowedOf(process, 5)).isEqualTo(3);
        assertThat(request(process, "192.0.2.7").allowed()).isTrue();
    }

    @Test
    void beginsAnewWhenTheTimeIsOver() throws Exception {
        RequestLimit process = process(new Limit(20, Duration.ofSeconds(1)), DATABASE);

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
        RequestLimit process = process(LIMIT, withoutConnections(() -> {
            throw new SQLTransientConnectionException("away");
        }));

        assertThat(allowedOf(process, 500)).isEqualTo(400);
    }

    @Test
    void hardlyWaitsForADatabaseThatHangs() throws Exception {
        RequestLimit process = process(LIMIT, withoutConnections(() -> {
            Thread.sleep(60_000);
            throw new SQLTransientConnectionException("away");
        }));
        long begun = System.nanoTime();

        assertThat(allowedOf(process, 300)).isEqualTo(300);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void asksTheDatabaseSeldomWhereTheLimitIsHigh() throws Exception {
        allowedOf(process(new Limit(1_000_000, Duration.ofHours(1)), DATABASE), 5_000);

        // Asked for while requests go on, so it may come after the last of them.
        await("leased at once")
                .until(() -> JdbcClient.create(DATABASE)
                                .sql("select count(*) from request_windows where used > 5000 and used = granted")
                                .query(Integer.class)
                                .single()
                        > 0);
    }

    @Test
    void forgetsWindowsThatHaveEndedAndKnowsNobodysAddress() throws Exception {
        RequestLimit process = process(new Limit(100, Duration.ofMillis(100)), DATABASE);
        request(process, "192.0.2.99");
        Thread.sleep(300);

        process.forget();

        assertThat(JdbcClient.create(DATABASE)
                        .sql("select caller from request_windows where ends < now() or caller like '%192.0%'")
                        .query(String.class)
                        .list())
                .isEmpty();
    }

    private int allowedOf(RequestLimit process, int requests) throws Exception {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += request(process).allowed() ? 1 : 0;
        }
        return allowed;
    }

    private Reply request(RequestLimit process) throws Exception {
        return request(process, whom);
    }

    private static Reply request(RequestLimit process, String address) throws Exception {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        var response = new MockHttpServletResponse();
        process.doFilter(request, response, new MockFilterChain());
        try {
            process.count(request, null);
            process.count(request, null);
            return new Reply(true, response);
        } catch (CommandRefused refused) {
            assertThat(refused.refusal()).isInstanceOf(WebRefusal.RateLimitExceeded.class);
            return new Reply(false, response);
        }
    }

    private RequestLimit process(Limit limit, DataSource database) {
        var process = new RequestLimit(database, TestLimits.all(limit), purpose -> new byte[32]);
        processes.add(process);
        return process;
    }

    private static DataSource withoutConnections(Callable<Object> instead) {
        return (DataSource) Proxy.newProxyInstance(
                RequestLimitTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> instead.call());
    }
}
