package io.guildhall.api.operator;

import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository;
import io.guildhall.infrastructure.projection.rebuild.RebuildView;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How the projections stand: looked at every few seconds, for health and metrics, which are asked more often than that. */
@Component
class ProjectionStatus {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionStatus.class);

    private final ReadModelProgress readModelProgress;
    private final DeadLetterRepository letters;
    private final Rebuilder rebuilder;
    private volatile Seen latest =
            new Seen(System.nanoTime(), 0, ReadModelProgress.Lag.NOTHING, Double.NaN, Map.of(), null);

    ProjectionStatus(ReadModelProgress readModelProgress, DeadLetterRepository letters, Rebuilder rebuilder) {
        this.readModelProgress = readModelProgress;
        this.letters = letters;
        this.rebuilder = rebuilder;
    }

    /**
     * What was seen.
     *
     * @param at of {@link System#nanoTime()}
     * @param position the last event that is shown
     * @param rate events a second that came to be shown since it was looked before; not a number at first
     * @param deadLetters of each projection that has any
     * @param rebuild the last one, if there ever was one
     */
    record Seen(
            long at,
            long position,
            ReadModelProgress.Lag behind,
            double rate,
            Map<String, Long> deadLetters,
            @Nullable RebuildView rebuild) {

        long allDeadLetters() {
            return deadLetters.values().stream().mapToLong(Long::longValue).sum();
        }

        boolean isRebuilding(String projection) {
            return rebuild != null
                    && rebuild.underWay()
                    && rebuild.projections().contains(projection);
        }
    }

    /** As of some seconds ago. */
    Seen latest() {
        return latest;
    }

    /** As of now; the rate is that of the last seconds. */
    Seen now() {
        return look(latest.rate());
    }

    @Scheduled(fixedDelay = 5_000)
    void look() {
        try {
            Seen before = latest;
            Seen now = look(Double.NaN);
            double seconds = Duration.ofNanos(now.at() - before.at()).toMillis() / 1000.0;
            double rate = before.position() == 0 ? Double.NaN : (now.position() - before.position()) / seconds;
            latest = new Seen(now.at(), now.position(), now.behind(), rate, now.deadLetters(), now.rebuild());
        } catch (RuntimeException failure) {
            // The database's own health says so.
            LOG.debug("It is not known how the projections stand", failure);
        }
    }

    private Seen look(double rate) {
        return new Seen(
                System.nanoTime(),
                readModelProgress.head(),
                readModelProgress.behind(),
                rate,
                letters.counts(),
                rebuilder.latest());
    }
}
