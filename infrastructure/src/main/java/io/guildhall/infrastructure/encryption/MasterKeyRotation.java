package io.guildhall.infrastructure.encryption;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.jobs.JobScheduler;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replaces the master key during operation. One transaction wraps the root secrets with the new key; the old key then
 * decrypts nothing in the database. A job then wraps all other keys again with new root secrets, on any node. It can be
 * interrupted at any moment.
 */
@Component
public class MasterKeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeyRotation.class);
    private static final String KEY_UNKNOWN = "This node does not have the master key that is in use.";

    private final DataDirectory home;
    private final KeyHierarchy secrets;
    private final ObjectProvider<RewrappableKey> rewrappableKeys;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    MasterKeyRotation(
            DataDirectory home,
            KeyHierarchy secrets,
            ObjectProvider<RewrappableKey> rewrappableKeys,
            JdbcClient sql,
            TransactionTemplate transaction) {
        this.home = home;
        this.secrets = secrets;
        this.rewrappableKeys = rewrappableKeys;
        this.sql = sql;
        this.transaction = transaction;
    }

    /**
     * The progress of a rotation.
     *
     * @param behind number of keys wrapped by an older generation
     */
    public record Progress(KeyHierarchy.State masterKey, int generation, long behind) {}

    /** The rotation was rejected: there is no other key to use. */
    public static final class RotationRejectedException extends RuntimeException {

        RotationRejectedException(String reason) {
            super(reason);
        }
    }

    public Progress progress() {
        secrets.refresh();
        int generation = secrets.generation();
        return new Progress(
                secrets.state(),
                generation,
                rewrappableKeys
                        .orderedStream()
                        .mapToLong(wrapped -> wrapped.behind(generation))
                        .sum());
    }

    /**
     * Rotates to the first configured master key, or to a generated one if the key is a file of the data directory.
     *
     * @throws RotationRejectedException if the configured key is already in use, or if this node does not have the key
     *     in use
     */
    public void rotate() {
        secrets.refresh();
        List<byte[]> keys = home.masterKeys();
        byte[] next = switch (secrets.state()) {
            case TO_BE_TAKEN_INTO_USE -> keys.getFirst();
            case IN_USE -> home.nextMasterKey();
            case REPLACED -> null;
        };
        if (next == null) {
            throw new RotationRejectedException(
                    secrets.state() == KeyHierarchy.State.REPLACED
                            ? KEY_UNKNOWN
                            : "guildhall.master-key is in use already. Start each process with a new one, and with this one in"
                                    + " guildhall.previous-master-keys; then rotate.");
        }
        transaction.executeWithoutResult(status -> replace(keys, next));
        home.settle(next);
        secrets.refresh();
        LOG.info("The master key was rotated: generation {}", secrets.generation());
    }

    private void replace(List<byte[]> known, byte[] next) {
        record Stored(int generation, byte[] wrapped) {}
        byte[] check = sql.sql("select check_value from master_key for update")
                .query(byte[].class)
                .single();
        if (MessageDigest.isEqual(check, MasterKeyCipher.checkValue(next))) {
            // Another node has rotated to this key.
            return;
        }
        byte[] current = MasterKeyCipher.find(known, check);
        if (current == null) {
            throw new RotationRejectedException(KEY_UNKNOWN);
        }
        byte[] identity =
                sql.sql("select identity from master_key").query(byte[].class).single();
        sql.sql("update master_key set check_value = ?, identity = ?")
                .params(MasterKeyCipher.checkValue(next), rewrapped(identity, current, next, MasterKeyCipher.IDENTITY))
                .update();
        List<Stored> stored = sql.sql("select generation, wrapped from wrapping_secrets order by generation")
                .query((row, n) -> new Stored(row.getInt(1), row.getBytes(2)))
                .list();
        stored.forEach(each -> sql.sql("update wrapping_secrets set wrapped = ? where generation = ?")
                .params(
                        rewrapped(each.wrapped(), current, next, MasterKeyCipher.generation(each.generation())),
                        each.generation())
                .update());
        int generation = stored.isEmpty() ? 1 : stored.getLast().generation() + 1;
        sql.sql("insert into wrapping_secrets (generation, wrapped) values (?, ?)")
                .params(
                        generation,
                        MasterKeyCipher.wrap(next, KeyHierarchy.random(), MasterKeyCipher.generation(generation)))
                .update();
    }

    private static byte[] rewrapped(byte[] wrapped, byte[] current, byte[] next, byte[] context) {
        return MasterKeyCipher.wrap(next, MasterKeyCipher.unwrap(current, wrapped, context), context);
    }

    /** Runs on each node, so that all know the newest generation. */
    @Scheduled(fixedDelay = 5_000, initialDelay = 5_000)
    void refresh() {
        try {
            secrets.refresh();
        } catch (RuntimeException e) {
            LOG.debug("Cannot read the root secrets; retrying in 5 s", e);
        }
    }

    @Bean
    static RecurringTask<Void> rewrapKeysJob(MasterKeyRotation masterKeyRotation) {
        return JobScheduler.job("rewrap-keys", Duration.ofSeconds(5), masterKeyRotation::rewrap);
    }

    /**
     * Wraps old keys again, until none was found 30 s after the rotation, when every node knows the newest generation.
     */
    void rewrap() {
        secrets.refresh();
        int generation = secrets.generation();
        boolean due = secrets.state() != KeyHierarchy.State.REPLACED
                && sql.sql("select exists (select from wrapping_secrets where generation = ? and swept is null)")
                        .param(generation)
                        .query(Boolean.class)
                        .single();
        if (due
                && rewrappableKeys
                                .orderedStream()
                                .mapToLong(wrapped -> wrapped.rewrap(generation))
                                .sum()
                        == 0) {
            sql.sql(
                            "update wrapping_secrets set swept = now() where generation = ? and made < now() - interval '30 seconds'")
                    .param(generation)
                    .update();
        }
    }
}
