package io.guildhall.api.throttle;

import static io.guildhall.api.throttle.Throttled.INVITATION_RESEND;
import static io.guildhall.api.throttle.Throttled.SIGN_IN_FAILURES_PER_ACCOUNT;
import static io.guildhall.api.throttle.Throttled.SIGN_IN_PER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.web.WebRefusal;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ThrottleTest {

    private static final DataSource DATABASE = TestDatabase.migrated().dataSource();

    private final String whom = "somebody-" + System.nanoTime();
    private final Throttle throttle = process();

    @Test
    void allowsWhatTheLimitAllows() {
        assertThatCode(() -> {
                    for (int i = 0; i < 5; i++) {
                        throttle.count(SIGN_IN_PER_ADDRESS, whom);
                    }
                })
                .doesNotThrowAnyException();
        assertTooOften(() -> throttle.count(SIGN_IN_PER_ADDRESS, whom));
    }

    @Test
    void saysWhenToComeAgain() {
        throttle.count(INVITATION_RESEND, whom);

        assertThatThrownBy(() -> throttle.count(INVITATION_RESEND, whom))
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(((WebRefusal.RateLimitExceeded) refused.refusal()).seconds())
                                .isBetween(1L, 3_600L));
    }

    @Test
    void asksWithoutCounting() {
        for (int i = 0; i < 20; i++) {
            throttle.requireSome(SIGN_IN_FAILURES_PER_ACCOUNT, whom);
        }
        throttle.count(SIGN_IN_FAILURES_PER_ACCOUNT, whom);
        throttle.count(SIGN_IN_FAILURES_PER_ACCOUNT, whom);

        assertTooOften(() -> throttle.requireSome(SIGN_IN_FAILURES_PER_ACCOUNT, whom));
    }

    @Test
    void holdsOneToItAndNotTheNext() {
        throttle.count(INVITATION_RESEND, whom);

        assertThatCode(() -> throttle.count(INVITATION_RESEND, whom + " else")).doesNotThrowAnyException();
    }

    @Test
    void isOneLimitOverAllProcesses() throws Exception {
        List<Throttle> processes = List.of(process(), process());
        List<Callable<Boolean>> tries = IntStream.range(0, 24)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        processes.get(i % 2).count(SIGN_IN_PER_ADDRESS, whom);
                        return true;
                    } catch (CommandRefused refused) {
                        return false;
                    }
                })
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(tries).stream().map(Future::resultNow).filter(allowed -> allowed))
                    .hasSize(5);
        }
    }

    @Test
    void storesNobodysName() {
        throttle.count(INVITATION_RESEND, whom);

        assertThat(JdbcClient.create(DATABASE)
                        .sql("select id from throttle")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(id -> id.contains("somebody"));
    }

    private static void assertTooOften(ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(WebRefusal.RateLimitExceeded.class));
    }

    private static Throttle process() {
        Limit five = new Limit(5, Duration.ofHours(1));
        Limit two = new Limit(2, Duration.ofHours(1));
        Limit one = new Limit(1, Duration.ofHours(1));
        return new Throttle(
                DATABASE, new ThrottleProperties(five, five, two, five, five, two, two, one), purpose -> new byte[32]);
    }
}
