package io.guildhall.infrastructure.ratelimit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.NopeOptimizationListener;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.manual.ManuallySyncingOptimization;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.guildhall.infrastructure.jobs.JobScheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Token buckets in PostgreSQL, one for all nodes. They count in the time of the database, whatever the clock of a node says. */
@Component
public class SharedBuckets {

    private static final Duration KEPT_WHEN_FULL = Duration.ofMinutes(1);

    private final ProxyManager<String> buckets;
    private final KeyedPseudonymizer pseudonymizer;
    private final JdbcClient jdbc;
    private final TimeMeter time;
    private final Optimization countedHere;

    public SharedBuckets(DataSource dataSource, KeyedPseudonymizer pseudonymizer, Clock clock) {
        this.pseudonymizer = pseudonymizer;
        this.jdbc = JdbcClient.create(dataSource);
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
        this.countedHere = new ManuallySyncingOptimization(NopeOptimizationListener.INSTANCE, time);
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("rate_limit_buckets")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
                .clientClock(time)
                .build();
    }

    public TimeMeter time() {
        return time;
    }

    /** Each access is a transaction. */
    public BucketProxy bucket(String limit, String subject, BucketConfiguration configuration) {
        return buckets.builder().build(key(limit, subject), configuration);
    }

    /** Each access but the first is counted in memory, until the bucket is synchronized. */
    public BucketProxy bucketCountedHere(String limit, String subject, BucketConfiguration configuration) {
        return buckets.builder().withOptimization(countedHere).build(key(limit, subject), configuration);
    }

    private String key(String limit, String subject) {
        return limit + " " + pseudonymizer.pseudonym(subject);
    }

    @Bean
    static RecurringTask<Void> rateLimitBucketsCleanup(SharedBuckets buckets) {
        return JobScheduler.job("rate-limit-buckets-cleanup", Duration.ofMinutes(1), buckets::deleteExpired);
    }

    /** Deletes buckets that are full again. */
    public void deleteExpired() {
        jdbc.sql("delete from rate_limit_buckets where expires_at < extract(epoch from now()) * 1000")
                .update();
    }
}
