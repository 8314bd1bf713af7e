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
 * Puts another master key into the place of the one in use, while the service goes on. One transaction wraps the root secrets under it:
 * from then on the former one opens nothing that the database holds. What is wrapped under the root secrets then gets newly made ones,
 * piece by piece, by whichever process is there; so it can be killed at any moment.
 */
@Component
public class MasterKeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeyRotation.class);
    private static final String NOT_KNOWN = "This process does not know the master key that is in use.";

    private final DataDirectory home;
    private final KeyHierarchy secrets;
    private final ObjectProvider<RewrappableKey> all;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    MasterKeyRotation(
            DataDirectory home,
            KeyHierarchy secrets,
            ObjectProvider<RewrappableKey> all,
            JdbcClient sql,
            TransactionTemplate transaction) {
        this.home = home;
        this.secrets = secrets;
        this.all = all;
        this.sql = sql;
        this.transaction = transaction;
    }

    /**
     * How far it is.
     *
     * @param behind how many keys are wrapped under what came before
     */
    public record Progress(KeyHierarchy.State masterKey, int generation, long behind) {}

    /** Nothing was rotated, since there is nothing to rotate to. */
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
                all.orderedStream()
                        .mapToLong(wrapped -> wrapped.behind(generation))
                        .sum());
    }

    /**
     * To the first master key of the configuration, or, where a file of the home holds it, to one that is made up.
     *
     * @throws RotationRejectedException when the configuration's is in use already, or when the one in use is not known here
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
                            ? NOT_KNOWN
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
            // Another process was faster.
            return;
        }
        byte[] current = MasterKeyCipher.find(known, check);
        if (current == null) {
            throw new RotationRejectedException(NOT_KNOWN);
        }
        byte[] identity =
                sql.sql("select identity from master_key").query(byte[].class).single();
        sql.sql("update master_key set check_value = ?, identity = ?")
                .params(MasterKeyCipher.checkValue(next), again(identity, current, next, MasterKeyCipher.IDENTITY))
                .update();
        List<Stored> stored = sql.sql("select generation, wrapped from wrapping_secrets order by generation")
                .query((row, n) -> new Stored(row.getInt(1), row.getBytes(2)))
                .list();
        stored.forEach(each -> sql.sql("update wrapping_secrets set wrapped = ? where generation = ?")
                .params(
                        again(each.wrapped(), current, next, MasterKeyCipher.generation(each.generation())),
                        each.generation())
                .update());
        int generation = stored.isEmpty() ? 1 : stored.getLast().generation() + 1;
        sql.sql("insert into wrapping_secrets (generation, wrapped) values (?, ?)")
                .params(
                        generation,
                        MasterKeyCipher.wrap(next, KeyHierarchy.random(), MasterKeyCipher.generation(generation)))
                .update();
    }

    private static byte[] again(byte[] wrapped, byte[] current, byte[] next, byte[] which) {
        return MasterKeyCipher.wrap(next, MasterKeyCipher.unwrap(current, wrapped, which), which);
    }

    /** On each node, so that all know the newest generation. */
    @Scheduled(fixedDelay = 5_000, initialDelay = 5_000)
    void refresh() {
        try {
            secrets.refresh();
        } catch (RuntimeException e) {
            LOG.debug("The root secrets are read later", e);
        }
    }

    @Bean
    static RecurringTask<Void> rewrapKeysJob(MasterKeyRotation masterKeyRotation) {
        return JobScheduler.job("rewrap-keys", Duration.ofSeconds(5), masterKeyRotation::rewrap);
    }

    /** Until nothing is found for so long that every node knows the newest generation. */
    void rewrap() {
        secrets.refresh();
        int generation = secrets.generation();
        boolean due = secrets.state() != KeyHierarchy.State.REPLACED
                && sql.sql("select exists (select from wrapping_secrets where generation = ? and swept is null)")
                        .param(generation)
                        .query(Boolean.class)
                        .single();
        if (due
                && all.orderedStream()
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
