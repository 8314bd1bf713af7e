package io.guildhall.infrastructure.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.guildhall.infrastructure.encryption.EncryptionKeysErased;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Lease;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Outcome;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Reply;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.RequestKey;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyStoreTest {

    private static final DataSource DATABASE = TestDatabase.migrated().dataSource();
    private static final JdbcClient SQL = JdbcClient.create(DATABASE);
    private static final byte[] BODY = "{\"name\":\"acme\"}".getBytes(UTF_8);

    private final RequestKey use = new RequestKey(
            "account 1", "POST", "/v1/organizations", UUID.randomUUID().toString());
    private final IdempotencyStore keys = process();

    @Test
    void letTheFirstProceed() throws Exception {
        assertThat(keys.begin(use, BODY)).isInstanceOf(Outcome.Execute.class);
    }

    @Test
    void repeatTheAnswerOnEveryProcess() throws Exception {
        keys.keep(turn(), answer("{\"token\":\"glds_secret\"}"));

        assertThat(process().begin(use, BODY)).isInstanceOfSatisfying(Outcome.Repeat.class, repeat -> {
            assertThat(repeat.reply().status()).isEqualTo(200);
            assertThat(repeat.reply().headers()).containsEntry("Guildhall-Position", "7");
            assertThat(repeat.reply().body()).asString().isEqualTo("{\"token\":\"glds_secret\"}");
        });
    }

    @Test
    void refuseAnotherBody() throws Exception {
        keys.keep(turn(), answer("{}"));

        assertThat(keys.begin(use, "{}".getBytes(UTF_8))).isInstanceOf(Outcome.OtherBody.class);
    }

    @Test
    void areEachCallersOwnAndEachRoutesOwn() throws Exception {
        keys.keep(turn(), answer("{}"));

        assertThat(List.of(
                        keys.begin(new RequestKey("account 2", use.method(), use.path(), use.key()), BODY),
                        keys.begin(new RequestKey(use.caller(), use.method(), "/v1/credentials", use.key()), BODY),
                        keys.begin(new RequestKey(use.caller(), use.method(), use.path(), use.key() + "x"), BODY)))
                .hasOnlyElementsOfType(Outcome.Execute.class);
    }

    @Test
    void forgetWhatWasReleased() throws Exception {
        keys.release(turn(), true);

        assertThat(keys.begin(use, BODY)).isInstanceOf(Outcome.Execute.class);
    }

    @Test
    void tellThatTheFirstIsStillRunning() throws Exception {
        turn();

        assertThat(keys.begin(use, BODY)).isInstanceOf(Outcome.StillRunning.class);
    }

    @Test
    void waitForTheFirst() throws Exception {
        Lease first = turn();
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Outcome> second = threads.submit(() -> keys.begin(use, BODY));
            keys.keep(first, answer("{}"));

            assertThat(second.get()).isInstanceOf(Outcome.Repeat.class);
        }
    }

    @Test
    void letOneOfManyProceed() throws Exception {
        List<Callable<Outcome>> tries = IntStream.range(0, 20)
                .<Callable<Outcome>>mapToObj(i -> () -> {
                    Outcome verdict = process().begin(use, BODY);
                    if (verdict instanceof Outcome.Execute(Lease turn)) {
                        keys.keep(turn, answer("{}"));
                    }
                    return verdict;
                })
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(tries).stream()
                            .map(Future::resultNow)
                            .filter(Outcome.Execute.class::isInstance))
                    .hasSize(1);
        }
    }

    @Test
    void goOnAfterTheProcessOfTheFirstDied() throws Exception {
        Lease died = turn();
        expire(died);

        assertThat(keys.begin(use, BODY)).isInstanceOf(Outcome.Execute.class);
    }

    @Test
    void goOnFromWhatIsDone() throws Exception {
        Lease died = turn();
        keys.recordDone(died.key(), died.id(), 7);
        expire(died);

        Lease next = turn();

        assertThat(next.done()).isEqualTo(7);
        assertThat(next.repeated()).isTrue();
        assertThat(next.secret()).isEqualTo(died.secret());
        assertThat(next.createdAt()).isEqualTo(died.createdAt());
    }

    @Test
    void forgetNothingThatIsDone() throws Exception {
        Lease failed = turn();
        keys.recordDone(failed.key(), failed.id(), 7);
        keys.release(failed, false);

        Lease next = turn();

        assertThat(next.done()).isEqualTo(7);
        assertThat(next.secret()).isEqualTo(failed.secret());
    }

    /** The command of an earlier execution may be stored although nothing is recorded. */
    @Test
    void keepTheSecretWhereTheOutcomeIsUnknown() throws Exception {
        Lease first = turn();
        keys.release(first, false);
        Lease second = turn();
        keys.release(second, true);

        assertThat(turn().secret()).isEqualTo(first.secret());
    }

    @Test
    void learnFromTheEventsWhatIsDone() throws Exception {
        Lease died = turn();
        expire(died);
        Lease next = turn();
        keys.recordDone(died.key(), -1);

        assertThat(next.done()).isNull();
        assertThat(keys.refresh(next).done()).isEqualTo(-1);
    }

    @Test
    void letOnlyTheHolderOfTheLeaseChangeAnything() throws Exception {
        Lease slow = turn();
        keys.requireLease(slow.key(), slow.id());
        expire(slow);
        turn();

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> keys.recordDone(slow.key(), slow.id(), 7));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> keys.requireLease(slow.key(), slow.id()));
    }

    @Test
    void deleteTheRepliesThatNameWhoIsErased() throws Exception {
        UUID erased = UUID.randomUUID();
        Lease turn = turn();
        keys.recordDone(turn.key(), turn.id(), 7);
        keys.keep(turn, answer("{\"invitation\":{\"id\":\"%s\",\"email\":\"bob@example.com\"}}".formatted(erased)));
        keys.on(new EncryptionKeysErased(List.of(UUID.randomUUID())));
        assertThat(keys.begin(use, BODY)).isInstanceOf(Outcome.Repeat.class);

        keys.on(new EncryptionKeysErased(List.of(UUID.randomUUID(), erased)));

        expire(turn);
        assertThat(turn().done()).isEqualTo(7);
    }

    @Test
    void keepNoReplyThatNamesWhoWasErasedMeanwhile() throws Exception {
        UUID erased = UUID.randomUUID();
        Lease turn = turn();
        keys.on(new EncryptionKeysErased(List.of(erased)));

        keys.keep(turn, answer("{\"id\":\"%s\"}".formatted(erased)));

        expire(turn);
        assertThat(keys.begin(use, BODY)).isInstanceOf(Outcome.Execute.class);
    }

    /** The erasure has deleted the key but is not committed when the reply is stored. */
    @Test
    void waitForAnErasureThatIsNotCommitted() throws Exception {
        UUID erased = UUID.randomUUID();
        SQL.sql("insert into personal_keys (subject, wrapped) values (?, '')")
                .param(erased)
                .update();
        Lease turn = turn();
        try (Connection erasing = DATABASE.getConnection();
                var threads = Executors.newSingleThreadExecutor()) {
            erasing.setAutoCommit(false);
            try (var delete = erasing.createStatement()) {
                delete.execute("delete from personal_keys where subject = '%s'".formatted(erased));
                Future<?> keeping = threads.submit(() -> keys.keep(turn, answer("{\"id\":\"%s\"}".formatted(erased))));
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> SQL.sql(
                                                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%idempotency_keys%'")
                                        .query(Long.class)
                                        .single()
                                == 1);
                erasing.commit();
                keeping.get(10, TimeUnit.SECONDS);
            }
        }

        expire(turn);
        assertThat(keys.begin(use, BODY)).isInstanceOf(Outcome.Execute.class);
    }

    @Test
    void makeSomethingElseUpForAnotherKeyAndTheNextDay() throws Exception {
        Lease turn = turn();
        keys.recordDone(turn.key(), turn.id(), 7);
        keys.keep(turn, answer("{}"));
        SQL.sql("update idempotency_keys set created_at = now() - interval '24 hours 1 second' where id = ?")
                .param(turn.key())
                .update();
        RequestKey other = new RequestKey(use.caller(), use.method(), use.path(), use.key() + "x");

        assertThat(turn().secret()).isNotEqualTo(turn.secret());
        assertThat(keys.begin(other, BODY))
                .isInstanceOfSatisfying(
                        Outcome.Execute.class,
                        proceed -> assertThat(proceed.lease().secret()).isNotEqualTo(turn.secret()));
    }

    @Test
    void doNotTakeAnAnswerFromWhoLostTheTurn() throws Exception {
        Lease late = turn();
        expire(late);
        keys.keep(turn(), answer("\"second\""));
        keys.keep(late, answer("\"late\""));

        assertThat(keys.begin(use, BODY))
                .isInstanceOfSatisfying(
                        Outcome.Repeat.class,
                        repeat -> assertThat(repeat.reply().body()).asString().isEqualTo("\"second\""));
    }

    @Test
    void lastForADay() throws Exception {
        Lease turn = turn();
        keys.keep(turn, answer("{}"));
        SQL.sql("update idempotency_keys set created_at = now() - interval '24 hours 1 second' where id = ?")
                .param(turn.key())
                .update();

        assertThat(keys.begin(use, "another".getBytes(UTF_8))).isInstanceOf(Outcome.Execute.class);
    }

    @Test
    void storeNothingInTheClear() throws Exception {
        keys.keep(turn(), answer("{\"token\":\"glds_secret\"}"));

        assertThat(SQL.sql(
                                "select idempotency_keys::text || encode(reply, 'escape') from idempotency_keys where reply is not null")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains("glds_") || row.contains("acme") || row.contains("account 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\u00e9", "a\nb"})
    void haveVisibleCharacters(String key) {
        assertThat(IdempotencyStore.isKey(key)).isFalse();
        assertThat(IdempotencyStore.isKey("x".repeat(255))).isTrue();
        assertThat(IdempotencyStore.isKey("x".repeat(256))).isFalse();
    }

    private static void expire(Lease lease) {
        SQL.sql("update idempotency_keys set leased_until = now() - interval '1 second' where id = ?")
                .param(lease.key())
                .update();
    }

    private Lease turn() throws InterruptedException {
        return ((Outcome.Execute) keys.begin(use, BODY)).lease();
    }

    private static Reply answer(String body) {
        return new Reply(200, Map.of("Guildhall-Position", "7"), body.getBytes(UTF_8));
    }

    private static IdempotencyStore process() {
        return new IdempotencyStore(SQL, JsonMapper.shared(), purpose -> new byte[32]);
    }
}
