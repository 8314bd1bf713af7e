package io.guildhall.api.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.api.jobs.JobScheduler;
import io.guildhall.api.secret.MasterKey;
import io.guildhall.api.secret.SecretBox;
import io.guildhall.api.turn.Ledger;
import io.guildhall.api.turn.Ledgers;
import io.guildhall.api.turn.LostTurn;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers that were given under idempotency keys, for 24 hours, to all processes. A row is first a lease: it says that the
 * request is being answered, and lapses should the process die. Neither callers nor bodies stand in it in the clear: an answer may
 * hold a token, a request a password.
 */
@Component
class IdempotencyKeys implements Ledgers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final char LEASE_AFTER = '/';

    private final JdbcClient sql;
    private final JsonMapper json;
    private final byte[] encryption;
    private final SecretKeySpec hashing;
    private final SecretKeySpec making;

    IdempotencyKeys(JdbcClient sql, JsonMapper json, MasterKey master) {
        this.sql = sql;
        this.json = json;
        this.encryption = master.derive("idempotency-answers");
        this.hashing = new SecretKeySpec(master.derive("idempotency-requests"), "HmacSHA256");
        this.making = new SecretKeySpec(master.derive("idempotency-made-up"), "HmacSHA256");
    }

    /** What a key stands for: whose it is, and for which route. */
    record Use(String caller, String method, String path, String key) {}

    /** An answer as it was given. */
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** How a request with a key is to be met. */
    sealed interface Verdict {

        /**
         * The first run, or the next one where the answers of those before were lost: answer it, then {@link #keep} or {@link #release}.
         *
         * @param seed what the request makes up derives from; the same in every run
         * @param steps what earlier runs have noted
         */
        record Proceed(String scope, UUID lease, byte[] seed, List<Long> steps) implements Verdict {

            /** The name of the ledger that the steps are noted in. */
            String ledger() {
                return scope + LEASE_AFTER + lease;
            }
        }

        record Repeat(Answer answer) implements Verdict {}

        record OtherBody() implements Verdict {}

        record StillRunning() implements Verdict {}
    }

    Verdict begin(Use use, byte[] body) throws InterruptedException {
        String scope = hash(use.caller(), use.method(), use.path(), use.key());
        String request = hash(new String(body, ISO_8859_1));
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Verdict.Proceed lease = takeLease(scope, request);
            if (lease != null) {
                return lease;
            }
            Verdict settled = look(scope, request);
            if (settled != null) {
                return settled;
            }
            if (System.nanoTime() - giveUp > 0) {
                return new Verdict.StillRunning();
            }
            Thread.sleep(PAUSE);
        }
    }

    /** A new key, one whose day is over, or one whose process died in flight. Null for any other. */
    private Verdict.@Nullable Proceed takeLease(String scope, String request) {
        UUID lease = UUID.randomUUID();
        return sql.sql("""
                        insert into idempotency_keys as kept (scope, request, lease, leased_until)
                        values (:scope, :request, :lease, now() + interval '60 seconds')
                        on conflict (scope) do update
                        set request = excluded.request, lease = excluded.lease, leased_until = excluded.leased_until,
                            answer = null, created = now(),
                            run = case when kept.created < now() - interval '24 hours' then excluded.run else kept.run end,
                            steps = case when kept.created < now() - interval '24 hours' then '{}' else kept.steps end
                        where kept.created < now() - interval '24 hours'
                           or kept.answer is null and kept.leased_until < now() and kept.request = excluded.request
                        returning run, steps
                        """)
                .param("scope", scope)
                .param("request", request)
                .param("lease", lease)
                .query((row, n) -> new Verdict.Proceed(scope, lease, seed(scope, row.getString(1)), List.of((Long[])
                        row.getArray(2).getArray())))
                .optional()
                .orElse(null);
    }

    /** Nothing that is kept is of use to who has not the master key. */
    private byte[] seed(String scope, String run) {
        return mac(making, scope, run);
    }

    @Override
    public Ledger named(String name) {
        int end = name.indexOf(LEASE_AFTER);
        if (end < 0) {
            throw new IllegalArgumentException("That is the name of no ledger");
        }
        return new Lease(name, name.substring(0, end), UUID.fromString(name.substring(end + 1)));
    }

    private final class Lease implements Ledger {

        private final String name;
        private final String scope;
        private final UUID lease;

        private Lease(String name, String scope, UUID lease) {
            this.name = name;
            this.scope = scope;
            this.lease = lease;
        }

        @Override
        public String name() {
            return name;
        }

        /** Whoever was given the lease meanwhile knows of every command that was noted, since taking it waits for the transaction. */
        @Override
        public void note(long position) {
            int noted = sql.sql("update idempotency_keys set steps = steps || :position"
                            + " where scope = :scope and lease = :lease")
                    .param("position", position)
                    .param("scope", scope)
                    .param("lease", lease)
                    .update();
            if (noted == 0) {
                throw new LostTurn();
            }
        }
    }

    private record Row(String request, byte @Nullable [] answer) {}

    private @Nullable Verdict look(String scope, String request) {
        List<Row> rows = sql.sql("select request, answer from idempotency_keys where scope = :scope")
                .param("scope", scope)
                .query((row, n) -> new Row(row.getString(1), row.getBytes(2)))
                .list();
        if (rows.isEmpty()) {
            return null;
        }
        Row row = rows.getFirst();
        if (!row.request().equals(request)) {
            return new Verdict.OtherBody();
        }
        return row.answer() == null ? null : new Verdict.Repeat(decrypt(scope, row.answer()));
    }

    void keep(Verdict.Proceed lease, Answer answer) {
        sql.sql("update idempotency_keys set answer = :answer where scope = :scope and lease = :lease")
                .param("answer", encrypt(lease.scope(), answer))
                .param("scope", lease.scope())
                .param("lease", lease.lease())
                .update();
    }

    /** As if the key had never been used; unless the request appended an event: then the next run goes on from there. */
    void release(Verdict.Proceed lease) {
        sql.sql("delete from idempotency_keys where scope = :scope and lease = :lease and 0 = all(steps)")
                .param("scope", lease.scope())
                .param("lease", lease.lease())
                .update();
        sql.sql("update idempotency_keys set leased_until = '-infinity' where scope = :scope and lease = :lease")
                .param("scope", lease.scope())
                .param("lease", lease.lease())
                .update();
    }

    @Bean
    static RecurringTask<Void> idempotencyKeysCleanup(IdempotencyKeys keys) {
        return JobScheduler.job("idempotency-keys-cleanup", Duration.ofMinutes(10), keys::purge);
    }

    void purge() {
        sql.sql("delete from idempotency_keys where created < now() - interval '24 hours'")
                .update();
    }

    private String hash(String... parts) {
        return HexFormat.of().formatHex(mac(hashing, parts));
    }

    private static byte[] mac(SecretKeySpec key, String... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (String part : parts) {
                mac.update(Integer.toString(part.length()).getBytes(UTF_8));
                mac.update((byte) 0);
                mac.update(part.getBytes(UTF_8));
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] encrypt(String scope, Answer answer) {
        return SecretBox.seal(encryption, json.writeValueAsBytes(answer), scope.getBytes(UTF_8));
    }

    private Answer decrypt(String scope, byte[] sealed) {
        return json.readValue(SecretBox.open(encryption, sealed, scope.getBytes(UTF_8)), Answer.class);
    }

    /** 1 to 255 visible characters of ASCII. */
    static boolean isKey(String key) {
        return !key.isEmpty() && key.length() <= 255 && key.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
