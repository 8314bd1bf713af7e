package io.guildhall.api.throttle;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.guildhall.api.secret.MasterKey;
import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.domain.shared.CommandRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Token buckets in PostgreSQL, so that a limit is one limit over all processes. Whom they are about is hashed. */
@Component
@EnableConfigurationProperties(ThrottleProperties.class)
public class Throttle {

    private static final int PURGED_AT_ONCE = 1_000;
    private static final Duration KEPT_BEYOND_NEED = Duration.ofMinutes(1);

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final ThrottleProperties limits;
    private final Pseudonyms pseudonyms;

    public Throttle(DataSource dataSource, ThrottleProperties limits, MasterKey master) {
        this.limits = limits;
        this.pseudonyms = new Pseudonyms(master);
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("throttle")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_BEYOND_NEED))
                .build();
    }

    /** Counts one, or refuses and says when to come again. A request that goes on where it was cut off was counted before. */
    public void count(Throttled act, String whom) {
        if (Turn.current().goesOn()) {
            return;
        }
        var probe = bucket(act, whom).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw refusal(act, probe.getNanosToWaitForRefill());
        }
    }

    /** Refuses when there is none left, and counts nothing. */
    public void requireSome(Throttled act, String whom) {
        var probe = bucket(act, whom).estimateAbilityToConsume(1);
        if (!probe.canBeConsumed()) {
            throw refusal(act, probe.getNanosToWaitForRefill());
        }
    }

    /**
     * Counts one of each use and does the work, or refuses it. A refused piece of work, which has mailed nothing and changed nothing, is
     * not counted.
     */
    public void counted(List<Throttled.Use> uses, Runnable work) {
        List<Throttled.Use> counted = new ArrayList<>();
        try {
            for (Throttled.Use use : uses) {
                count(use.limit(), use.whom());
                counted.add(use);
            }
            work.run();
        } catch (CommandRefused refused) {
            counted.forEach(this::giveBack);
            throw refused;
        }
    }

    private void giveBack(Throttled.Use use) {
        if (!Turn.current().goesOn()) {
            bucket(use.limit(), use.whom()).addTokens(1);
        }
    }

    /** Counts one if there is one left, and says whether there was. */
    public boolean tryCount(Throttled.Use use) {
        return bucket(use.limit(), use.whom()).tryConsume(1);
    }

    /** Forgets what was counted. */
    public void reset(Throttled.Use use) {
        bucket(use.limit(), use.whom()).reset();
    }

    private static CommandRefused refusal(Throttled act, long nanosToWait) {
        return CommandRefused.because(new WebRefusal.RateLimitExceeded(act.tooMany(), Duration.ofNanos(nanosToWait)));
    }

    private Bucket bucket(Throttled act, String whom) {
        return buckets.builder().build(act + " " + pseudonyms.of(whom), () -> configuration(act.limits(limits)));
    }

    private static BucketConfiguration configuration(List<Limit> limits) {
        var configuration = BucketConfiguration.builder();
        for (Limit limit : limits) {
            configuration.addLimit(
                    bandwidth -> bandwidth.capacity(limit.times()).refillGreedy(limit.times(), limit.per()));
        }
        return configuration.build();
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
    void purge() {
        while (buckets.removeExpired(PURGED_AT_ONCE) == PURGED_AT_ONCE) {
            // The next thousand.
        }
    }
}
