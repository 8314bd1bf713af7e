package io.guildhall.api.activity;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.infrastructure.jobs.PollingWorker;
import io.guildhall.query.activity.FindHeads;
import io.guildhall.query.activity.HeadsView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Notices when followed trails grow, whichever node appends: one statement polls all of them together. The appending transaction knows
 * nothing of it. The poller stops before the web server does, and so ends the streams.
 */
@Component
@EnableConfigurationProperties(ActivityProperties.class)
class ActivityStreamPoller implements SmartLifecycle {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final QueryDispatcher queries;
    private final ActivityProperties properties;
    private final Map<UUID, Followed> followed = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> callers = new ConcurrentHashMap<>();
    private final PollingWorker poller;

    ActivityStreamPoller(QueryDispatcher queries, ActivityProperties properties) {
        this.queries = queries;
        this.properties = properties;
        this.poller = new PollingWorker("activity-streams", properties.poll(), this::poll);
    }

    /**
     * Begins to follow; refused when too many do. Closing ends it.
     *
     * @param caller whose limit counts
     */
    Watch watch(UUID trail, UUID caller) {
        callers.compute(caller, (id, before) -> {
            int streams = before == null ? 0 : before;
            if (streams >= properties.followersPerCaller()) {
                throw RequestRejectionException.retryable(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-streams",
                        "You have %d streams open. End one of them first.".formatted(streams),
                        RETRY_AFTER);
            }
            return streams + 1;
        });
        try {
            return watch(trail, () -> leave(caller));
        } catch (RequestRejectionException refused) {
            leave(caller);
            throw refused;
        }
    }

    private void leave(UUID caller) {
        callers.computeIfPresent(caller, (id, streams) -> streams == 1 ? null : streams - 1);
    }

    private Watch watch(UUID trail, Runnable leave) {
        Followed now = followed.compute(trail, (id, before) -> {
            Followed it = before == null ? new Followed() : before;
            if (it.watches >= properties.followers()) {
                throw RequestRejectionException.retryable(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-streams",
                        "This trail is followed by as many as can be. End one of them first.",
                        RETRY_AFTER);
            }
            it.watches++;
            return it;
        });
        poller.trigger();
        return new Watch(trail, now, leave);
    }

    /** How far a trail goes now. */
    long head(UUID trail) {
        return heads(List.of(trail)).getOrDefault(trail, 0L);
    }

    private Map<UUID, Long> heads(List<UUID> trails) {
        return queries.ask(new FindHeads(trails), HeadsView.class).heads();
    }

    /** One trail, as one who follows it sees it. */
    final class Watch implements AutoCloseable {

        private final UUID trail;
        private final Followed state;

        private final Runnable leave;

        private Watch(UUID trail, Followed state, Runnable leave) {
            this.trail = trail;
            this.state = state;
            this.leave = leave;
        }

        /** Waits until there is something beyond; false when there is nothing after that time, or this process is about to end. */
        boolean awaitBeyond(long sequence, Duration most) throws InterruptedException {
            long until = System.nanoTime() + most.toNanos();
            synchronized (state) {
                while (isRunning() && state.head <= sequence) {
                    long left = (until - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return false;
                    }
                    state.wait(left);
                }
                return isRunning();
            }
        }

        boolean isEnding() {
            return !isRunning();
        }

        @Override
        public void close() {
            followed.computeIfPresent(trail, (id, it) -> --it.watches == 0 ? null : it);
            leave.run();
        }
    }

    private static final class Followed {

        private int watches;
        private long head;

        private synchronized void reached(long sequence) {
            if (sequence > head) {
                head = sequence;
                notifyAll();
            }
        }

        private synchronized void wake() {
            notifyAll();
        }
    }

    private void poll() {
        if (!followed.isEmpty()) {
            heads(List.copyOf(followed.keySet())).forEach((trail, head) -> {
                Followed it = followed.get(trail);
                if (it != null) {
                    it.reached(head);
                }
            });
        }
    }

    @Override
    public void start() {
        poller.start();
    }

    @Override
    public void stop() {
        poller.stop();
        followed.values().forEach(Followed::wake);
    }

    @Override
    public boolean isRunning() {
        return poller.isRunning();
    }
}
