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

/** The root secrets of the database, from which keys derive. The master key wraps them. */
public final class KeyHierarchy implements MasterKey, KeyEncryptionKeys {

    /** The state of the first configured master key. */
    public enum State {
        IN_USE,
        /** The database still uses a previous key, which is configured too. */
        TO_BE_TAKEN_INTO_USE,
        /**
         * The database uses a key that is not configured on this node. Data stored since the rotation cannot be
         * decrypted here.
         */
        REPLACED
    }

    private static final int BYTES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(KeyHierarchy.class);

    private final Supplier<List<byte[]>> masterKeys;
    private final JdbcClient sql;
    private final byte[] identity;
    private final Map<Wrapping, byte[]> wrappings = new ConcurrentHashMap<>();
    private volatile Map<Integer, byte[]> generations = Map.of();
    private volatile int newest;
    private volatile State state = State.IN_USE;

    /**
     * Creates the root secrets of a new database.
     *
     * @param masterKeys first the key for a new database, then others that the database may use
     * @param inUse receives the key that the database uses
     * @throws UnknownMasterKeyException if the database uses none of them
     */
    KeyHierarchy(Supplier<List<byte[]>> masterKeys, Consumer<byte[]> inUse, JdbcClient sql) {
        this.masterKeys = masterKeys;
        this.sql = sql;
        initialize();
        byte[] masterKey = MasterKeyCipher.find(masterKeys.get(), row().checkValue());
        if (masterKey == null) {
            throw new UnknownMasterKeyException();
        }
        adopt(masterKey);
        identity = MasterKeyCipher.unwrap(masterKey, identityOf(row()), MasterKeyCipher.IDENTITY);
        inUse.accept(masterKey);
        refresh();
        if (state == State.TO_BE_TAKEN_INTO_USE) {
            LOG.info(
                    "The first configured master key is not in use yet. To use it, run: guildhall operator rotate-master-key");
        }
    }

    /** For tools that write to the database of a service. */
    public static KeyHierarchy of(byte[] masterKey, JdbcClient sql) {
        return new KeyHierarchy(() -> List.of(masterKey), inUse -> {}, sql);
    }

    /** Whether the database is new. */
    static boolean areMissing(JdbcClient sql) {
        return sql.sql("select not exists (select from master_key)")
                .query(Boolean.class)
                .single();
    }

    /**
     * None of the configured master keys encrypts the database. With another key, stored personal data could not be
     * read, and new data would become unreadable with the right one.
     */
    static final class UnknownMasterKeyException extends RuntimeException {}

    private record Wrapping(int generation, String purpose) {}

    private record Row(byte[] checkValue, byte @Nullable [] identity) {}

    /** Stores random root secrets in a new database. */
    private void initialize() {
        byte[] masterKey = masterKeys.get().getFirst();
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

    /** Databases without root secrets derived their keys from the master key directly. */
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
            throw new IllegalStateException("The master key was rotated. Restart this node with the new one.");
        }
        return secret;
    }

    static byte[] derived(byte[] secret, String purpose) {
        return MasterKey.of(secret).derive(purpose);
    }

    public State state() {
        return state;
    }

    /** Loads rotations by other nodes. */
    synchronized void refresh() {
        record Generation(int number, byte[] wrapped) {}
        List<byte[]> configured = masterKeys.get();
        byte[] current = row().checkValue();
        byte[] masterKey = MasterKeyCipher.find(configured, current);
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
        state = MessageDigest.isEqual(MasterKeyCipher.checkValue(configured.getFirst()), current)
                ? State.IN_USE
                : State.TO_BE_TAKEN_INTO_USE;
    }

    static byte[] random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
