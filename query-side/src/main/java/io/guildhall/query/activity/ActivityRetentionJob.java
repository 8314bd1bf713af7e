package io.guildhall.query.activity;

import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drops partitions of activities that are no longer shown. Reads do not depend on it: it may run late, be interrupted
 * at any moment, and repeat its work. One node runs it at a time, and none during a rebuild of the activities.
 */
@Component
public class ActivityRetentionJob {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityRetentionJob.class);

    private static final String DEFAULT_PARTITION = "activities_kept";
    private static final String PARTITION_PREFIX = "activities_until_";
    private static final int BATCH = 5_000;

    /** How long to wait for transactions that began before a retention was recorded. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    private static final String TODAY = "cast(:today as timestamp)";

    private static final String RECORD_RETENTIONS = """
            with shown as (
                select o.organization as trail, %s as retention from organizations o)
            insert into trail_retentions as k (trail, retention)
            select s.trail, s.retention from shown s
            where s.retention is not null or exists (select from trail_retentions known where known.trail = s.trail)
            on conflict (trail) do update set retention = excluded.retention, repartitioned = false
            where k.retention is distinct from excluded.retention
            """.formatted(Retention.OF_ORGANIZATION);

    /** Repartitions a batch of rows of one trail. */
    private static final String REPARTITION = """
            update activities a set drop_on = due.drop_on
            from (select a.sequence, a.drop_on as was, case when %s then 'infinity' else %s end as drop_on
                  from activities a where a.trail = :trail and a.sequence > :after and a.sequence <= :upTo) due
            where a.trail = :trail and a.sequence > :after and a.sequence <= :upTo
              and a.sequence = due.sequence and a.drop_on = due.was and due.was <> due.drop_on
            """.formatted(
                    RetentionPartition.NAMES_ORGANIZATION,
                    RetentionPartition.dropOn(TODAY).formatted("a.occurred_at", "a.trail"));

    /**
     * Moves rows that are still shown out of a due partition: the retention was raised, or the row was appended late.
     */
    private static final String MOVE_VISIBLE =
            """
            update activities a set drop_on = %s
            from (select trail, sequence from activities where drop_on = :drop_on) due
            left join trail_retentions k on k.trail = due.trail
            where a.drop_on = :drop_on and a.trail = due.trail and a.sequence = due.sequence
              and due.sequence > coalesce(k.dropped_up_to, 0) and (k.retention is null or a.occurred_at + k.retention > now())
            """.formatted(RetentionPartition.dropOn(TODAY).formatted("a.occurred_at", "a.trail"));

    private static final String MARK_DROPPED = """
            update trail_retentions k set dropped_up_to = greatest(k.dropped_up_to, gone.last)
            from (select trail, max(sequence) as last from activities where drop_on = :drop_on group by trail) gone
            where k.trail = gone.trail
            """;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final Rebuilder rebuilder;
    private final Retention retention;

    ActivityRetentionJob(
            JdbcClient jdbc,
            DataSource dataSource,
            TransactionTemplate transaction,
            Rebuilder rebuilder,
            Retention retention) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.rebuilder = rebuilder;
        this.retention = retention;
    }

    /** Does all due work, unless another node does or the activities are being rebuilt. */
    public void keep() {
        keep(jdbc.sql("select (now() at time zone 'UTC')::date")
                .query(LocalDate.class)
                .single());
    }

    /** @param today in UTC */
    void keep(LocalDate today) {
        rebuilder.whileNotRebuilt(ActivitiesProjection.NAME, () -> {
            dropHiddenPartitions();
            recordRetentions();
            createPartitions(today);
            if (olderTransactionsHaveEnded()) {
                trailsToRepartition().forEach(trail -> repartition(trail, today));
            }
            duePartitions(today).forEach(dropOn -> hide(dropOn, today));
            dropHiddenPartitions();
        });
    }

    /** Records the current retentions, from the organizations' plans and settings. */
    private void recordRetentions() {
        int changed = jdbc.sql(RECORD_RETENTIONS)
                .param("plans", retention.plans())
                .param("intervals", retention.intervals())
                .update();
        if (changed > 0) {
            LOG.info("The retention of {} trails has changed", changed);
        }
    }

    /** Creates the partitions for new rows and for rows to repartition. */
    private void createPartitions(LocalDate today) {
        Set<LocalDate> partitions = new TreeSet<>();
        jdbc.sql(
                        "select distinct extract(epoch from retention)::bigint from trail_retentions where retention is not null")
                .query(Long.class)
                .list()
                .forEach(seconds -> partitions.addAll(PartitionSchedule.of(Duration.ofSeconds(seconds), today)));
        partitions.removeAll(jdbc.sql("select drop_on from activity_partitions")
                .query(LocalDate.class)
                .list());
        for (LocalDate dropOn : partitions) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("create table %s (like %s including all)".formatted(partitionName(dropOn), DEFAULT_PARTITION))
                        .update();
                jdbc.sql("alter table %s alter column drop_on drop default".formatted(partitionName(dropOn)))
                        .update();
                String settings = jdbc.sql(
                                "select coalesce(array_to_string(reloptions, ', '), '') from pg_class where oid = ?::regclass")
                        .param(DEFAULT_PARTITION)
                        .query(String.class)
                        .single();
                if (!settings.isEmpty()) {
                    jdbc.sql("alter table %s set (%s)".formatted(partitionName(dropOn), settings))
                            .update();
                }
                jdbc.sql("alter table activities attach partition %s for values in ('%s')"
                                .formatted(partitionName(dropOn), dropOn))
                        .update();
                jdbc.sql("insert into activity_partitions (drop_on) values (?)")
                        .param(dropOn)
                        .update();
            });
        }
    }

    /** Whether all older transactions have ended, whose rows are in the partitions of the former retention. */
    private boolean olderTransactionsHaveEnded() {
        if (trailsToRepartition().isEmpty()) {
            return true;
        }
        String boundary = jdbc.sql("select pg_snapshot_xmax(pg_current_snapshot())::text")
                .query(String.class)
                .single();
        long end = System.nanoTime() + TRANSACTION_TIMEOUT.toNanos();
        do {
            if (jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot()) >= cast(? as xid8)")
                    .param(boundary)
                    .query(Boolean.class)
                    .single()) {
                return true;
            }
            pause();
        } while (System.nanoTime() < end);
        return false;
    }

    private List<UUID> trailsToRepartition() {
        return jdbc.sql("select trail from trail_retentions where not repartitioned order by trail")
                .query(UUID.class)
                .list();
    }

    private void repartition(UUID trail, LocalDate today) {
        long after = 0;
        long count = 0;
        while (true) {
            Long upTo = jdbc.sql("""
                            select max(sequence) from (
                                select sequence from activities where trail = ? and sequence > ? order by sequence limit ?) few
                            """)
                    .params(trail, after, BATCH)
                    .query((row, n) -> row.getObject(1, Long.class))
                    .optional()
                    .orElse(null);
            if (upTo == null) {
                break;
            }
            count += jdbc.sql(REPARTITION)
                    .param("today", today)
                    .param("trail", trail)
                    .param("after", after)
                    .param("upTo", upTo)
                    .update();
            after = upTo;
        }
        jdbc.sql("update trail_retentions set repartitioned = true where trail = ?")
                .param(trail)
                .update();
        LOG.debug("Moved {} activities of {}", count, trail);
    }

    private List<LocalDate> duePartitions(LocalDate today) {
        return jdbc.sql("select drop_on from activity_partitions where drop_on <= ? order by drop_on")
                .param(today)
                .query(LocalDate.class)
                .list();
    }

    /**
     * Hides a partition: after the commit none of its rows is shown, whatever the retention. No row has been added to
     * it for a day, see {@link RetentionPartition#DROP_ON}.
     */
    private void hide(LocalDate dropOn, LocalDate today) {
        transaction.executeWithoutResult(status -> {
            int visible = jdbc.sql(MOVE_VISIBLE)
                    .param("today", today)
                    .param("drop_on", dropOn)
                    .update();
            jdbc.sql(MARK_DROPPED).param("drop_on", dropOn).update();
            jdbc.sql("delete from activity_partitions where drop_on = ?")
                    .param(dropOn)
                    .update();
            LOG.info("Dropping the activities that are due on {}; moved {} that are still shown", dropOn, visible);
        });
    }

    /**
     * Drops hidden partitions, including those left by a node that died. Detaches them first, concurrently with
     * readers.
     */
    private void dropHiddenPartitions() {
        List<String> hidden = jdbc.sql("""
                        select c.relname from pg_class c
                        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and starts_with(c.relname, ?)
                          and not exists (select from activity_partitions p where c.relname = ? || to_char(p.drop_on, 'YYYYMMDD'))
                        order by c.relname
                        """)
                .params(PARTITION_PREFIX, PARTITION_PREFIX)
                .query(String.class)
                .list();
        for (String table : hidden) {
            Boolean pending = jdbc.sql("select inhdetachpending from pg_inherits where inhrelid = ?::regclass")
                    .param(table)
                    .query(Boolean.class)
                    .optional()
                    .orElse(null);
            if (pending != null) {
                executeOutsideTransaction("alter table activities detach partition %s %s"
                        .formatted(table, pending ? "finalize" : "concurrently"));
            }
            executeOutsideTransaction("drop table " + table);
        }
    }

    /** Executes a statement outside of a transaction. Fails, to be retried, if a reader holds its lock for 10 s. */
    private void executeOutsideTransaction(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // The lock timeout limits the wait; dropping a large partition may exceed the pool's network timeout.
            connection.setNetworkTimeout(Runnable::run, 0);
            statement.execute("set lock_timeout = '10s'");
            try {
                statement.execute(sql);
            } finally {
                statement.execute("reset lock_timeout");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String partitionName(LocalDate dropOn) {
        return PARTITION_PREFIX + dropOn.toString().replace("-", "");
    }
}
