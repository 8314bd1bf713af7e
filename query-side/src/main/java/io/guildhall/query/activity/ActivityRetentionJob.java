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
 * Sees to it that activities which are no longer shown go: by dropping whole partitions. What is shown does not depend on it; it may be
 * late, be killed at any moment, and do everything again. One process does it at a time, and none while the activities are rebuilt.
 */
@Component
public class ActivityRetentionJob {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityRetentionJob.class);

    private static final String KEPT = "activities_kept";
    private static final String UNTIL = "activities_until_";
    private static final int BATCH = 5_000;

    /** How long an append that began before a retention was noted is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String TODAY = "cast(:today as timestamp)";

    private static final String NOTE = """
            with shown as (
                select o.organization as trail, %s as retention from organizations o)
            insert into trail_retentions as k (trail, retention)
            select s.trail, s.retention from shown s
            where s.retention is not null or exists (select from trail_retentions known where known.trail = s.trail)
            on conflict (trail) do update set retention = excluded.retention, repartitioned = false
            where k.retention is distinct from excluded.retention
            """.formatted(Retention.OF_ORGANIZATION);

    /** By some thousand rows of one trail. */
    private static final String MOVE = """
            update activities a set drop_on = due.drop_on
            from (select a.sequence, a.drop_on as was, case when %s then 'infinity' else %s end as drop_on
                  from activities a where a.trail = :trail and a.sequence > :after and a.sequence <= :upTo) due
            where a.trail = :trail and a.sequence > :after and a.sequence <= :upTo
              and a.sequence = due.sequence and a.drop_on = due.was and due.was <> due.drop_on
            """.formatted(
                    RetentionPartition.NAMES, RetentionPartition.dropOn(TODAY).formatted("a.occurred_at", "a.trail"));

    /** What is still shown of a partition that is due: the retention was raised, or an append came late. */
    private static final String RESCUE =
            """
            update activities a set drop_on = %s
            from (select trail, sequence from activities where drop_on = :drop_on) due
            left join trail_retentions k on k.trail = due.trail
            where a.drop_on = :drop_on and a.trail = due.trail and a.sequence = due.sequence
              and due.sequence > coalesce(k.dropped_up_to, 0) and (k.retention is null or a.occurred_at + k.retention > now())
            """.formatted(RetentionPartition.dropOn(TODAY).formatted("a.occurred_at", "a.trail"));

    private static final String MARK = """
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

    /** Does what is due, unless another process is at it or the activities are rebuilt. */
    public void keep() {
        keep(jdbc.sql("select (now() at time zone 'UTC')::date")
                .query(LocalDate.class)
                .single());
    }

    /** @param today in UTC */
    void keep(LocalDate today) {
        rebuilder.whileNotRebuilt(ActivitiesProjection.NAME, () -> {
            dropWhatWasLetGo();
            note();
            part(today);
            if (allAppendsKnowWhatIsNoted()) {
                moving().forEach(trail -> move(trail, today));
            }
            due(today).forEach(dropOn -> letGo(dropOn, today));
            dropWhatWasLetGo();
        });
    }

    /** From organizations' plans and settings, as they are now. */
    private void note() {
        int noted = jdbc.sql(NOTE)
                .param("plans", retention.plans())
                .param("intervals", retention.intervals())
                .update();
        if (noted > 0) {
            LOG.info("{} trails are kept for another time than before", noted);
        }
    }

    /** Makes the partitions that rows are put into from now on, and those that older rows are moved to. */
    private void part(LocalDate today) {
        Set<LocalDate> wanted = new TreeSet<>();
        jdbc.sql(
                        "select distinct extract(epoch from retention)::bigint from trail_retentions where retention is not null")
                .query(Long.class)
                .list()
                .forEach(seconds -> wanted.addAll(PartitionSchedule.of(Duration.ofSeconds(seconds), today)));
        wanted.removeAll(jdbc.sql("select drop_on from activity_partitions")
                .query(LocalDate.class)
                .list());
        for (LocalDate dropOn : wanted) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("create table %s (like %s including all)".formatted(name(dropOn), KEPT))
                        .update();
                jdbc.sql("alter table %s alter column drop_on drop default".formatted(name(dropOn)))
                        .update();
                String settings = jdbc.sql(
                                "select coalesce(array_to_string(reloptions, ', '), '') from pg_class where oid = ?::regclass")
                        .param(KEPT)
                        .query(String.class)
                        .single();
                if (!settings.isEmpty()) {
                    jdbc.sql("alter table %s set (%s)".formatted(name(dropOn), settings))
                            .update();
                }
                jdbc.sql("alter table activities attach partition %s for values in ('%s')"
                                .formatted(name(dropOn), dropOn))
                        .update();
                jdbc.sql("insert into activity_partitions (drop_on) values (?)")
                        .param(dropOn)
                        .update();
            });
        }
    }

    /** Whether every transaction of before has ended: what they append lies where the retention of before says. */
    private boolean allAppendsKnowWhatIsNoted() {
        if (moving().isEmpty()) {
            return true;
        }
        String boundary = jdbc.sql("select pg_snapshot_xmax(pg_current_snapshot())::text")
                .query(String.class)
                .single();
        long end = System.nanoTime() + PATIENCE.toNanos();
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

    private List<UUID> moving() {
        return jdbc.sql("select trail from trail_retentions where not repartitioned order by trail")
                .query(UUID.class)
                .list();
    }

    private void move(UUID trail, LocalDate today) {
        long after = 0;
        long moved = 0;
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
            moved += jdbc.sql(MOVE)
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
        LOG.debug("Moved {} activities of {}", moved, trail);
    }

    private List<LocalDate> due(LocalDate today) {
        return jdbc.sql("select drop_on from activity_partitions where drop_on <= ? order by drop_on")
                .param(today)
                .query(LocalDate.class)
                .list();
    }

    /**
     * From the commit on nothing in the partition is shown, whatever becomes of the retention. Nothing has been put into it for a
     * day, see {@link RetentionPartition#GOES}.
     */
    private void letGo(LocalDate dropOn, LocalDate today) {
        transaction.executeWithoutResult(status -> {
            int rescued = jdbc.sql(RESCUE)
                    .param("today", today)
                    .param("drop_on", dropOn)
                    .update();
            jdbc.sql(MARK).param("drop_on", dropOn).update();
            jdbc.sql("delete from activity_partitions where drop_on = ?")
                    .param(dropOn)
                    .update();
            LOG.info("Dropping the activities that go on {}; {} are still shown and were moved", dropOn, rescued);
        });
    }

    /** Without making anybody wait: detached first, which readers need not notice. Also what was left by a process that died. */
    private void dropWhatWasLetGo() {
        List<String> left =
                jdbc.sql("""
                        select c.relname from pg_class c
                        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and starts_with(c.relname, ?)
                          and not exists (select from activity_partitions p where c.relname = ? || to_char(p.drop_on, 'YYYYMMDD'))
                        order by c.relname
                        """).params(UNTIL, UNTIL).query(String.class).list();
        for (String table : left) {
            Boolean pending = jdbc.sql("select inhdetachpending from pg_inherits where inhrelid = ?::regclass")
                    .param(table)
                    .query(Boolean.class)
                    .optional()
                    .orElse(null);
            if (pending != null) {
                alone("alter table activities detach partition %s %s"
                        .formatted(table, pending ? "finalize" : "concurrently"));
            }
            alone("drop table " + table);
        }
    }

    /** In no transaction; gives up, to be tried again, when somebody reads for too long. */
    private void alone(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // The lock timeout limits the wait; dropping a large partition itself may take longer than any request may.
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

    private static String name(LocalDate dropOn) {
        return UNTIL + dropOn.toString().replace("-", "");
    }
}
