package io.guildhall.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.api.turn.LostTurn;
import io.guildhall.api.web.IdempotencyKeys.Answer;
import io.guildhall.api.web.IdempotencyKeys.Use;
import io.guildhall.api.web.IdempotencyKeys.Verdict;
import io.guildhall.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyKeysTest {

    private static final JdbcClient SQL =
            JdbcClient.create(TestDatabase.migrated().dataSource());
    private static final byte[] BODY = "{\"name\":\"acme\"}".getBytes(UTF_8);

    private final Use use =
            new Use("account 1", "POST", "/v1/organizations", UUID.randomUUID().toString());
    private final IdempotencyKeys keys = process();

    @Test
    void letTheFirstProceed() throws Exception {
        assertThat(keys.begin(use, BODY)).isInstanceOf(Verdict.Proceed.class);
    }

    @Test
    void repeatTheAnswerOnEveryProcess() throws Exception {
        keys.keep(turn(), answer("{\"token\":\"glds_secret\"}"));

        assertThat(process().begin(use, BODY)).isInstanceOfSatisfying(Verdict.Repeat.class, repeat -> {
            assertThat(repeat.answer().status()).isEqualTo(200);
            assertThat(repeat.answer().headers()).containsEntry("Guildhall-Position", "7");
            assertThat(repeat.answer().body()).asString().isEqualTo("{\"token\":\"glds_secret\"}");
        });
    }

    @Test
    void refuseAnotherBody() throws Exception {
        keys.keep(turn(), answer("{}"));

        assertThat(keys.begin(use, "{}".getBytes(UTF_8))).isInstanceOf(Verdict.OtherBody.class);
    }

    @Test
    void areEachCallersOwnAndEachRoutesOwn() throws Exception {
        keys.keep(turn(), answer("{}"));

        assertThat(List.of(
                        keys.begin(new Use("account 2", use.method(), use.path(), use.key()), BODY),
                        keys.begin(new Use(use.caller(), use.method(), "/v1/credentials", use.key()), BODY),
                        keys.begin(new Use(use.caller(), use.method(), use.path(), use.key() + "x"), BODY)))
                .hasOnlyElementsOfType(Verdict.Proceed.class);
    }

    @Test
    void forgetWhatWasReleased() throws Exception {
        keys.release(turn());

        assertThat(keys.begin(use, BODY)).isInstanceOf(Verdict.Proceed.class);
    }

    @Test
    void tellThatTheFirstIsStillRunning() throws Exception {
        turn();

        assertThat(keys.begin(use, BODY)).isInstanceOf(Verdict.StillRunning.class);
    }

    @Test
    void waitForTheFirst() throws Exception {
        Verdict.Proceed first = turn();
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Verdict> second = threads.submit(() -> keys.begin(use, BODY));
            keys.keep(first, answer("{}"));

            assertThat(second.get()).isInstanceOf(Verdict.Repeat.class);
        }
    }

    @Test
    void letOneOfManyProceed() throws Exception {
        List<Callable<Verdict>> tries = IntStream.range(0, 20)
                .<Callable<Verdict>>mapToObj(i -> () -> {
                    Verdict verdict = process().begin(use, BODY);
                    if (verdict instanceof Verdict.Proceed turn) {
                        keys.keep(turn, answer("{}"));
                    }
                    return verdict;
                })
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(tries).stream()
                            .map(Future::resultNow)
                            .filter(Verdict.Proceed.class::isInstance))
                    .hasSize(1);
        }
    }

    @Test
    void goOnAfterTheProcessOfTheFirstDied() throws Exception {
        Verdict.Proceed died = turn();
        expire(died);

        assertThat(keys.begin(use, BODY)).isInstanceOf(Verdict.Proceed.class);
    }

    @Test
    void goOnFromWhatIsDone() throws Exception {
        Verdict.Proceed died = turn();
        keys.named(died.ledger()).note(7);
        keys.named(died.ledger()).note(0);
        expire(died);

        Verdict.Proceed next = turn();

        assertThat(next.steps()).containsExactly(7L, 0L);
        assertThat(next.seed()).isEqualTo(died.seed());
    }

    @Test
    void forgetNothingThatIsDone() throws Exception {
        Verdict.Proceed failed = turn();
        keys.named(failed.ledger()).note(7);
        keys.release(failed);

        Verdict.Proceed next = turn();

        assertThat(next.steps()).containsExactly(7L);
        assertThat(next.seed()).isEqualTo(failed.seed());
    }

    @Test
    void letOnlyWhoHasTheTurnDoAnything() throws Exception {
        Verdict.Proceed slow = turn();
        expire(slow);
        turn();

        assertThatExceptionOfType(LostTurn.class)
                .isThrownBy(() -> keys.named(slow.ledger()).note(7));
    }

    @Test
    void makeSomethingElseUpForAnotherKeyAndTheNextDay() throws Exception {
        Verdict.Proceed turn = turn();
        keys.named(turn.ledger()).note(7);
        keys.keep(turn, answer("{}"));
        SQL.sql("update idempotency_keys set created = now() - interval '24 hours 1 second' where scope = ?")
                .param(turn.scope())
                .update();
        Use other = new Use(use.caller(), use.method(), use.path(), use.key() + "x");

        assertThat(turn().seed()).isNotEqualTo(turn.seed());
        assertThat(keys.begin(other, BODY))
                .isInstanceOfSatisfying(
                        Verdict.Proceed.class,
                        proceed -> assertThat(proceed.seed()).isNotEqualTo(turn.seed()));
    }

    @Test
    void doNotTakeAnAnswerFromWhoLostTheTurn() throws Exception {
        Verdict.Proceed late = turn();
        expire(late);
        keys.keep(turn(), answer("\"second\""));
        keys.keep(late, answer("\"late\""));

        assertThat(keys.begin(use, BODY))
                .isInstanceOfSatisfying(
                        Verdict.Repeat.class,
                        repeat -> assertThat(repeat.answer().body()).asString().isEqualTo("\"second\""));
    }

    @Test
    void lastForADay() throws Exception {
        Verdict.Proceed turn = turn();
        keys.keep(turn, answer("{}"));
        SQL.sql("update idempotency_keys set created = now() - interval '24 hours 1 second' where scope = ?")
                .param(turn.scope())
                .update();

        assertThat(keys.begin(use, "another".getBytes(UTF_8))).isInstanceOf(Verdict.Proceed.class);
    }

    @Test
    void storeNothingInTheClear() throws Exception {
        keys.keep(turn(), answer("{\"token\":\"glds_secret\"}"));

        assertThat(SQL.sql(
                                "select idempotency_keys::text || encode(answer, 'escape') from idempotency_keys where answer is not null")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains("glds_") || row.contains("acme") || row.contains("account 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\u00e9", "a\nb"})
    void haveVisibleCharacters(String key) {
        assertThat(IdempotencyKeys.isKey(key)).isFalse();
        assertThat(IdempotencyKeys.isKey("x".repeat(255))).isTrue();
        assertThat(IdempotencyKeys.isKey("x".repeat(256))).isFalse();
    }

    private static void expire(Verdict.Proceed lease) {
        SQL.sql("update idempotency_keys set leased_until = now() - interval '1 second' where scope = ?")
                .param(lease.scope())
                .update();
    }

    private Verdict.Proceed turn() throws InterruptedException {
        return (Verdict.Proceed) keys.begin(use, BODY);
    }

    private static Answer answer(String body) {
        return new Answer(200, Map.of("Guildhall-Position", "7"), body.getBytes(UTF_8));
    }

    private static IdempotencyKeys process() {
        return new IdempotencyKeys(SQL, JsonMapper.shared(), purpose -> new byte[32]);
    }
}
