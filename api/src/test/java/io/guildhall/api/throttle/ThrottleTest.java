package io.guildhall.api.throttle;

import static io.guildhall.api.throttle.Throttled.INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT;
import static io.guildhall.api.throttle.Throttled.INVITATION_RESEND;
import static io.guildhall.api.throttle.Throttled.MAILS_PER_RECIPIENT;
import static io.guildhall.api.throttle.Throttled.SIGN_IN_FAILURES_PER_USER;
import static io.guildhall.api.throttle.Throttled.SIGN_IN_PER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.web.WebRefusal;
import io.guildhall.domain.shared.CommandRefused;
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
            throttle.requireSome(SIGN_IN_FAILURES_PER_USER, whom);
        }
        throttle.count(SIGN_IN_FAILURES_PER_USER, whom);
        throttle.count(SIGN_IN_FAILURES_PER_USER, whom);

        assertTooOften(() -> throttle.requireSome(SIGN_IN_FAILURES_PER_USER, whom));
    }

    @Test
    void holdsOneToItAndNotTheNext() {
        throttle.count(INVITATION_RESEND, whom);

        assertThatCode(() -> throttle.count(INVITATION_RESEND, whom + " else")).doesNotThrowAnyException();
    }

    @Test
    void givesBackWhatWasCountedForRefusedWork() {
        var uses = List.of(INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT.by(whom), INVITATION_RESEND.by(whom));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> throttle.counted(uses, () -> {
                        throw CommandRefused.because(new WebRefusal.NotFound("invitation"));
                    }))
                    .isInstanceOfSatisfying(
                            CommandRefused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(WebRefusal.NotFound.class));
        }

        throttle.counted(uses, () -> {});

        // The second use is refused, so the first is given back.
        assertTooOften(() -> throttle.counted(uses, () -> {
            throw new AssertionError("done all the same");
        }));
        assertThat(throttle.tryCount(uses.getFirst())).isTrue();
        assertThat(throttle.tryCount(uses.getFirst())).isFalse();
    }

    @Test
    void holdsAllOfSeveralLimits() {
        var mail = MAILS_PER_RECIPIENT.by("invitation", whom);

        assertThat(throttle.tryCount(mail)).isTrue();
        assertThat(throttle.tryCount(mail)).isTrue();
        assertThat(throttle.tryCount(mail)).isFalse();
        assertThat(throttle.tryCount(MAILS_PER_RECIPIENT.by("validation", whom)))
                .isTrue();
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
        Limit request = new Limit(5, Duration.ofHours(1));
        List<Limit> five = List.of(request);
        List<Limit> two = List.of(new Limit(2, Duration.ofHours(1)));
        List<Limit> one = List.of(new Limit(1, Duration.ofHours(1)));
        List<Limit> twoAnHourAndThreeADay =
                List.of(new Limit(2, Duration.ofHours(1)), new Limit(3, Duration.ofDays(1)));
        return new Throttle(
                DATABASE,
                new ThrottleProperties(
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
                        twoAnHourAndThreeADay),
                purpose -> new byte[32]);
    }
}
