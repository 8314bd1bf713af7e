package io.guildhall.infrastructure.idempotency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.infrastructure.encryption.AesGcm;
import io.guildhall.infrastructure.encryption.EncryptionKeysErased;
import io.guildhall.infrastructure.encryption.KeyedHash;
import io.guildhall.infrastructure.encryption.MasterKey;
import io.guildhall.infrastructure.jobs.JobScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table {@code idempotency_keys}: one row per idempotency key of the last 24 hours, shared by all nodes.
 *
 * <p>A row starts as a lease of 60 s for the node that executes the request; it expires if the node dies. Callers and
 * bodies are stored as keyed hashes and replies encrypted, as they may contain passwords and tokens. A reply may also
 * contain personal data: it is deleted when a key of a subject in it is erased. A repeated request is then executed
 * again and changes nothing.
 */
@Component
public class IdempotencyStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String ACQUIRE = """
            insert into idempotency_keys as kept (scope, id, request, lease, leased_until)
            values (:scope, :id, :request, :lease, now() + interval '60 seconds')
            on conflict (scope) do update
            set request = excluded.request, lease = excluded.lease, leased_until = excluded.leased_until, reply = null, subjects = '{}',
                id = case when kept.created_at < now() - interval '24 hours' then excluded.id else kept.id end,
                done = case when kept.created_at < now() - interval '24 hours' then null else kept.done end,
                created_at = case when kept.created_at < now() - interval '24 hours' then now() else kept.created_at end
            where kept.created_at < now() - interval '24 hours'
               or kept.reply is null and kept.leased_until < now() and kept.request = excluded.request
            returning id, created_at, done
            """;

    /**
     * Stores the reply unless the key of a subject in it was erased since the request read it. The lock waits for
     * uncommitted erasures.
     */
    private static final String STORE_REPLY = """
            with locked as materialized (
                select subject from personal_keys where subject = any (cast(:subjects as uuid[])) for key share)
            update idempotency_keys
            set reply = :reply, subjects = cast(:subjects as uuid[])
            where id = :key and lease = :lease
              and (select count(*) from locked)
                  = (select count(*) from personal_keys where subject = any (cast(:subjects as uuid[])))
              and not exists (select from idempotency_erasures where subject = any (cast(:subjects as uuid[])))
            """;

    private final JdbcClient sql;
    private final JsonMapper json;
    private final byte[] encryption;
    private final KeyedHash hashing;
    private final KeyedHash deriving;

    public IdempotencyStore(JdbcClient sql, JsonMapper json, MasterKey master) {
        this.sql = sql;
        this.json = json;
        this.encryption = master.derive("idempotency-answers");
        this.hashing = new KeyedHash(master.derive("idempotency-requests"));
        this.deriving = new KeyedHash(master.derive("idempotency-secrets"));
    }

    /** The scope of an idempotency key: caller and route. */
    public record RequestKey(String caller, String method, String path, String key) {}

    /** A reply as it was sent. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {}

    /**
     * The right of one node to execute a request.
     *
     * @param id unique per execution
     * @param key the id of the key's row
     * @param createdAt when the key was first used
     * @param secret from which generated values derive; the same in every execution
     * @param done the position that the command reached in an earlier execution, negative if the store does not return
     *     it; null if no command is known to be done
     * @param repeated whether there was an earlier execution
     */
    public record Lease(
            UUID id,
            UUID key,
            Instant createdAt,
            SecretKey secret,
            @Nullable Long done,
            boolean repeated) {}

    /** How to treat a request with an idempotency key. */
    public sealed interface Outcome {

        /** Execute it, then {@link IdempotencyStore#keep} the reply or {@link IdempotencyStore#release} the lease. */
        record Execute(Lease lease) implements Outcome {}

        /** Send the reply of the first execution. */
        record Repeat(Reply reply) implements Outcome {}

        /** Reject it: the key was used with another body. */
        record OtherBody() implements Outcome {}

        /** Reject it: another execution did not end in time. */
        record StillRunning() implements Outcome {}
    }

    public Outcome begin(RequestKey requestKey, byte[] body) throws InterruptedException {
        String scope = hash(requestKey.caller(), requestKey.method(), requestKey.path(), requestKey.key());
        String request = hash(new String(body, ISO_8859_1));
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            Lease lease = acquire(scope, request);
            if (lease != null) {
                return new Outcome.Execute(lease);
            }
            Outcome outcome = findOutcome(scope, request);
            if (outcome != null) {
                return outcome;
            }
            if (System.nanoTime() - deadline > 0) {
                return new Outcome.StillRunning();
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Takes a new key, a key older than 24 hours, or a key whose lease has expired. Returns null for any other. */
    private @Nullable Lease acquire(String scope, String request) {
        UUID unused = UUID.randomUUID();
        UUID lease = UUID.randomUUID();
        return sql.sql(ACQUIRE)
                .param("scope", scope)
                .param("id", unused)
                .param("request", request)
                .param("lease", lease)
                .query((row, n) -> {
                    UUID key = row.getObject(1, UUID.class);
                    return new Lease(
                            lease,
                            key,
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            new SecretKeySpec(deriving.of(framed(scope, key.toString())), "Generic"),
                            row.getObject(3, Long.class),
                            !key.equals(unused));
                })
                .optional()
                .orElse(null);
    }

    private record Row(UUID key, String request, byte @Nullable [] reply) {}

    private @Nullable Outcome findOutcome(String scope, String request) {
        Row row = sql.sql("select id, request, reply from idempotency_keys where scope = :scope")
                .param("scope", scope)
                .query((found, n) -> new Row(found.getObject(1, UUID.class), found.getString(2), found.getBytes(3)))
                .optional()
                .orElse(null);
        if (row == null) {
            return null;
        }
        if (!row.request().equals(request)) {
            return new Outcome.OtherBody();
        }
        return row.reply() == null ? null : new Outcome.Repeat(decrypt(row.key(), row.reply()));
    }

    /** Returns the lease with what is recorded as done by now. */
    public Lease refresh(Lease lease) {
        return sql.sql("select done from idempotency_keys where id = :key")
                .param("key", lease.key())
                .query((row, n) -> new Lease(
                        lease.id(),
                        lease.key(),
                        lease.createdAt(),
                        lease.secret(),
                        row.getObject(1, Long.class),
                        lease.repeated()))
                .single();
    }

    /**
     * Records that the request's command is done, in the transaction that appends its events. A node that takes the lease over waits for
     * this transaction, and then sees the command as done.
     *
     * @throws LeaseLostException when another node executes the request now
     */
    void recordDone(UUID key, UUID lease, long position) {
        int recorded = sql.sql("update idempotency_keys set done = :position where id = :key and lease = :lease")
                .param("position", position)
                .param("key", key)
                .param("lease", lease)
                .update();
        if (recorded == 0) {
            throw new LeaseLostException();
        }
    }

    /** Records that the command is done, whichever execution sent it. */
    void recordDone(UUID key, long position) {
        sql.sql("update idempotency_keys set done = :position where id = :key and done is null")
                .param("position", position)
                .param("key", key)
                .update();
    }

    /** @throws LeaseLostException when another node executes the request now */
    void requireLease(UUID key, UUID lease) {
        if (sql.sql("select true from idempotency_keys where id = :key and lease = :lease")
                .param("key", key)
                .param("lease", lease)
                .query(Boolean.class)
                .optional()
                .isEmpty()) {
            throw new LeaseLostException();
        }
    }

    /** Stores the reply for repeated requests, unless a subject in it was erased meanwhile. */
    public void keep(Lease lease, Reply reply) {
        sql.sql(STORE_REPLY)
                .param("key", lease.key())
                .param("lease", lease.id())
                .param("reply", encrypt(lease.key(), reply))
                .param("subjects", array(idsIn(reply)))
                .update();
    }

    /**
     * Ends a lease without a reply.
     *
     * @param unchanged whether the request has certainly changed nothing: then the key is as good as unused
     */
    public void release(Lease lease, boolean unchanged) {
        boolean delete = unchanged && !lease.repeated();
        sql.sql(
                        delete
                                ? "delete from idempotency_keys where id = :key and lease = :lease"
                                : "update idempotency_keys set leased_until = '-infinity' where id = :key and lease = :lease")
                .param("key", lease.key())
                .param("lease", lease.id())
                .update();
    }

    /** Deletes replies that contain erased subjects, in the erasing transaction. */
    @EventListener
    void on(EncryptionKeysErased erased) {
        String subjects = array(erased.subjects().stream().map(UUID::toString).toList());
        sql.sql("""
                        insert into idempotency_erasures (subject) select unnest(cast(:subjects as uuid[]))
                        on conflict do nothing
                        """).param("subjects", subjects).update();
        sql.sql("""
                        update idempotency_keys set reply = null, subjects = '{}'
                        where reply is not null and subjects && cast(:subjects as uuid[])
                        """).param("subjects", subjects).update();
    }

    @Bean
    static RecurringTask<Void> idempotencyKeysCleanup(IdempotencyStore store) {
        return JobScheduler.job("idempotency-keys-cleanup", Duration.ofMinutes(10), store::purge);
    }

    void purge() {
        sql.sql("delete from idempotency_keys where created_at < now() - interval '24 hours'")
                .update();
        sql.sql("delete from idempotency_erasures where erased_at < now() - interval '24 hours'")
                .update();
    }

    /** Returns the ids in a reply: personal data always appears with the id of its user or pending invitation. */
    private static List<String> idsIn(Reply reply) {
        return UUIDS.matcher(new String(reply.body(), UTF_8))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static String array(List<String> ids) {
        return ids.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private String hash(String... parts) {
        return HexFormat.of().formatHex(hashing.of(framed(parts)));
    }

    /** Each part after its length, so that no two lists of parts are the same bytes. */
    private static byte[][] framed(String... parts) {
        return Stream.of(parts)
                .map(part -> (part.length() + "\0" + part).getBytes(UTF_8))
                .toArray(byte[][]::new);
    }

    private byte[] encrypt(UUID key, Reply reply) {
        return AesGcm.seal(
                encryption, json.writeValueAsBytes(reply), key.toString().getBytes(UTF_8));
    }

    private Reply decrypt(UUID key, byte[] encrypted) {
        return json.readValue(AesGcm.open(encryption, encrypted, key.toString().getBytes(UTF_8)), Reply.class);
    }

    /** Whether it has 1 to 255 visible characters of ASCII. */
    public static boolean isKey(String key) {
        return !key.isEmpty() && key.length() <= 255 && key.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
