package io.guildhall.infrastructure.encryption;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secrets that keys derive from, as the database holds them: wrapped under the master key. */
public final class KeyHierarchy implements MasterKey, KeyEncryptionKeys {

    /** What the first master key of this process is to the database. */
    public enum State {
        IN_USE,
        /** A former one, that was given too, is in use still. */
        TO_BE_TAKEN_INTO_USE,
        /** It was rotated to one that this process does not have. What came since cannot be read here. */
        REPLACED
    }

    private static final int BYTES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(KeyHierarchy.class);

    private final Supplier<List<byte[]>> masterKeyCipher;
    private final JdbcClient sql;
    private final byte[] identity;
    private final Map<Wrapping, byte[]> wrappings = new ConcurrentHashMap<>();
    private volatile Map<Integer, byte[]> generations = Map.of();
    private volatile int newest;
    private volatile State state = State.IN_USE;

    /**
     * Gives a database secrets that has none yet.
     *
     * @param masterKeys the first is the one that a new database gets, then those that the database may know instead
     * @param inUse is told the one that the database knows
     * @throws UnknownMasterKeyException when it knows none of them
     */
    KeyHierarchy(Supplier<List<byte[]>> masterKeyCipher, Consumer<byte[]> inUse, JdbcClient sql) {
        this.masterKeyCipher = masterKeyCipher;
        this.sql = sql;
        begin();
        byte[] masterKey = MasterKeyCipher.find(masterKeyCipher.get(), row().checkValue());
        if (masterKey == null) {
            throw new UnknownMasterKeyException();
        }
        adopt(masterKey);
        identity = MasterKeyCipher.unwrap(masterKey, identityOf(row()), MasterKeyCipher.IDENTITY);
        inUse.accept(masterKey);
        refresh();
        if (state == State.TO_BE_TAKEN_INTO_USE) {
            LOG.info("The first master key that is given is not in use yet: guildhall operator rotate-master-key");
        }
    }

    /** For who writes into a service's database beside the service. */
    public static KeyHierarchy of(byte[] masterKey, JdbcClient sql) {
        return new KeyHierarchy(() -> List.of(masterKey), inUse -> {}, sql);
    }

    /** Whether the database is new. */
    static boolean areMissing(JdbcClient sql) {
        return sql.sql("select not exists (select from master_key)")
                .query(Boolean.class)
                .single();
    }

    /** Without the right one nobody's personal data could be read, and what is written meanwhile would be lost to it. */
    static final class UnknownMasterKeyException extends RuntimeException {}

    private record Wrapping(int generation, String purpose) {}

    private record Row(byte[] checkValue, byte @Nullable [] identity) {}

    /** A new database gets secrets that no master key is told by. */
    private void begin() {
        byte[] masterKey = masterKeyCipher.get().getFirst();
        sql.sql("""
                        with begun as (
                            insert into master_key (check_value, identity) values (?, ?) on conflict do nothing returning 1)
                        insert into wrapping_secrets (generation, wrapped, swept) select 1, ?, now() from begun
                        """)
                .params(
                        MasterKeyCipher.checkValue(masterKey),
                        MasterKeyCipher.wrap(masterKey, random(), MasterKeyCipher.IDENTITY),
                        MasterKeyCipher.wrap(masterKey, random(), MasterKeyCipher.generation(1)))
                .update();
    }

    /** In a database from before there were root secrets, keys were derived from the master key. */
    private void adopt(byte[] masterKey) {
        if (row().identity() == null) {
            sql.sql("update master_key set identity = ? where identity is null")
                    .param(MasterKeyCipher.wrap(masterKey, masterKey, MasterKeyCipher.IDENTITY))
                    .update();
        }
    }

    private Row row() {
        return sql.sql("select check_value, identity from master_key")
                .query((row, n) -> new Row(row.getBytes(1), row.getBytes(2)))
                .single();
    }

    private static byte[] identityOf(Row row) {
        byte[] wrapped = row.identity();
        if (wrapped == null) {
            throw new IllegalStateException("The database has no root secret");
        }
        return wrapped;
    }

    @Override
    public byte[] derive(String purpose) {
        return derived(identity, purpose);
    }

    @Override
    public int generation() {
        return newest;
    }

    @Override
    public byte[] wrapping(int generation, String purpose) {
        return wrappings.computeIfAbsent(
                new Wrapping(generation, purpose), it -> derived(secret(it.generation()), it.purpose()));
    }

    private byte[] secret(int generation) {
        if (generation == 0) {
            return identity;
        }
        if (!generations.containsKey(generation)) {
            refresh();
        }
        byte[] secret = generations.get(generation);
        if (secret == null) {
            throw new IllegalStateException(
                    "The master key was rotated: this process must be started again, with the new one.");
        }
        return secret;
    }

    static byte[] derived(byte[] secret, String purpose) {
        return MasterKey.of(secret).derive(purpose);
    }

    public State state() {
        return state;
    }

    /** Learns of rotations by other processes. */
    synchronized void refresh() {
        record Generation(int number, byte[] wrapped) {}
        List<byte[]> given = masterKeyCipher.get();
        byte[] current = row().checkValue();
        byte[] masterKey = MasterKeyCipher.find(given, current);
        if (masterKey == null) {
            state = State.REPLACED;
            return;
        }
        Map<Integer, byte[]> known = new HashMap<>();
        sql.sql("select generation, wrapped from wrapping_secrets")
                .query((row, n) -> new Generation(row.getInt(1), row.getBytes(2)))
                .list()
                .forEach(it -> known.put(
                        it.number(),
                        MasterKeyCipher.unwrap(masterKey, it.wrapped(), MasterKeyCipher.generation(it.number()))));
        generations = Map.copyOf(known);
        newest = known.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        state = MessageDigest.isEqual(MasterKeyCipher.checkValue(given.getFirst()), current)
                ? State.IN_USE
                : State.TO_BE_TAKEN_INTO_USE;
    }

    static byte[] random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
