package io.guildhall.api.ratelimit;

import static io.guildhall.api.ratelimit.RateLimitedAction.INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT;
import static io.guildhall.api.ratelimit.RateLimitedAction.INVITATION_RESEND;
import static io.guildhall.api.ratelimit.RateLimitedAction.MAILS_PER_RECIPIENT;
import static io.guildhall.api.ratelimit.RateLimitedAction.SIGN_IN_FAILURES_PER_USER;
import static io.guildhall.api.ratelimit.RateLimitedAction.SIGN_IN_PER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.ratelimit.RateLimit;
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

class ActionRateLimiterTest {

    private static final DataSource DATABASE = TestDatabase.migrated().dataSource();

    private final String whom = "somebody-" + System.nanoTime();
    private final ActionRateLimiter limiter = process();

    @Test
    void allowsWhatTheLimitAllows() {
        assertThatCode(() -> {
                    for (int i = 0; i < 5; i++) {
                        limiter.count(SIGN_IN_PER_ADDRESS, whom);
                    }
                })
                .doesNotThrowAnyException();
        assertTooOften(() -> limiter.count(SIGN_IN_PER_ADDRESS, whom));
    }

    @Test
    void saysWhenToComeAgain() {
        limiter.count(INVITATION_RESEND, whom);

        assertThatThrownBy(() -> limiter.count(INVITATION_RESEND, whom))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(Long.parseLong(
                                        String.valueOf(refused.getHeaders().getFirst("Retry-After"))))
                                .isBetween(1L, 3_600L));
    }

    @Test
    void asksWithoutCounting() {
        for (int i = 0; i < 20; i++) {
            limiter.requireSome(SIGN_IN_FAILURES_PER_USER, whom);
        }
        limiter.count(SIGN_IN_FAILURES_PER_USER, whom);
        limiter.count(SIGN_IN_FAILURES_PER_USER, whom);

        assertTooOften(() -> limiter.requireSome(SIGN_IN_FAILURES_PER_USER, whom));
    }

    @Test
    void holdsOneToItAndNotTheNext() {
        limiter.count(INVITATION_RESEND, whom);

        assertThatCode(() -> limiter.count(INVITATION_RESEND, whom + " else")).doesNotThrowAnyException();
    }

    @Test
    void givesBackWhatWasCountedForRefusedWork() {
        var uses = List.of(INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT.by(whom), INVITATION_RESEND.by(whom));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> limiter.counted(uses, () -> {
                        throw RequestRejectionException.notFound("invitation");
                    }))
                    .isInstanceOfSatisfying(
                            RequestRejectionException.class,
                            refused -> assertThat(refused.problem().getStatus()).isEqualTo(404));
        }

        limiter.counted(uses, () -> {});

        // The second use is refused, so the first is given back.
        assertTooOften(() -> limiter.counted(uses, () -> {
            throw new AssertionError("done all the same");
        }));
        assertThat(limiter.tryCount(uses.getFirst())).isTrue();
        assertThat(limiter.tryCount(uses.getFirst())).isFalse();
    }

    @Test
    void holdsAllOfSeveralLimits() {
        var mail = MAILS_PER_RECIPIENT.by("invitation", whom);

        assertThat(limiter.tryCount(mail)).isTrue();
        assertThat(limiter.tryCount(mail)).isTrue();
        assertThat(limiter.tryCount(mail)).isFalse();
        assertThat(limiter.tryCount(MAILS_PER_RECIPIENT.by("validation", whom))).isTrue();
    }

    @Test
    void isOneLimitOverAllProcesses() throws Exception {
        List<ActionRateLimiter> processes = List.of(process(), process());
        List<Callable<Boolean>> tries = IntStream.range(0, 24)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        processes.get(i % 2).count(SIGN_IN_PER_ADDRESS, whom);
                        return true;
                    } catch (RequestRejectionException refused) {
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
        limiter.count(INVITATION_RESEND, whom);

        assertThat(JdbcClient.create(DATABASE)
                        .sql("select id from rate_limit_buckets")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(id -> id.contains("somebody"));
    }

    private static void assertTooOften(ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getStatus()).isEqualTo(429));
    }

    private static ActionRateLimiter process() {
        RateLimit request = new RateLimit(5, Duration.ofHours(1));
        List<RateLimit> five = List.of(request);
        List<RateLimit> two = List.of(new RateLimit(2, Duration.ofHours(1)));
        List<RateLimit> one = List.of(new RateLimit(1, Duration.ofHours(1)));
        List<RateLimit> twoAnHourAndThreeADay =
                List.of(new RateLimit(2, Duration.ofHours(1)), new RateLimit(3, Duration.ofDays(1)));
        return new ActionRateLimiter(
                TestLimits.buckets(DATABASE),
                new RateLimitProperties(
                        request,
                        five,
                        five,
                        two,
                        two,
                        five,
                        five,
                        two,
                        two,
                        one,
                        five,
                        two,
                        two,
                        two,
                        twoAnHourAndThreeADay));
    }
}
