package io.guildhall.api.webhook;

import io.guildhall.api.telemetry.LogText;
import io.guildhall.api.webhook.Feeds.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds webhooks for which there is something to do, whichever process caused it, and gives each a turn in a thread of its own:
 * so one whose receiver hangs holds up none of the others.
 */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    /** However many webhooks there are, looking takes no more than this part of the time, */
    private static final int REST_TO_WORK = 5;

    /** unless it took so long that something was in its way: messages are no later than this for that. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final Feeds feeds;
    private final Deliveries deliveries;
    private final Sending sending;
    private final WebhookProperties properties;
    private final Semaphore turns;
    private final Set<Thread> serving = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private @Nullable Thread finder;

    Dispatcher(Feeds feeds, Deliveries deliveries, Sending sending, WebhookProperties properties) {
        this.feeds = feeds;
        this.deliveries = deliveries;
        this.sending = sending;
        this.properties = properties;
        this.turns = new Semaphore(properties.atOnce());
    }

    private void find() {
        while (running) {
            try {
                turns.acquire();
                int free = 1 + turns.drainPermits();
                Thread.sleep(serveReady(free));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** As many as there are permits; how long to wait before looking again. */
    private Duration serveReady(int permits) {
        long begun = System.nanoTime();
        List<Feed> ready;
        try {
            ready = feeds.claim(permits, sending.lease());
        } catch (RuntimeException e) {
            turns.release(permits);
            if (!running) {
                return Duration.ZERO;
            }
            LOG.warn("Webhooks cannot be looked at for now: {}", LogText.of(e.getMessage()));
            return PAUSE_AFTER_FAILURE;
        }
        Duration rest = shorter(LONGEST_REST, Duration.ofNanos(REST_TO_WORK * (System.nanoTime() - begun)));
        turns.release(permits - ready.size());
        ready.forEach(this::serve);
        if (ready.size() == permits) {
            return Duration.ZERO;
        }
        return rest.compareTo(properties.poll()) > 0 ? rest : properties.poll();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void serve(Feed feed) {
        Thread.ofVirtual().name("webhook-" + feed.webhook()).start(() -> {
            serving.add(Thread.currentThread());
            try {
                sending.serve(feed);
            } catch (RuntimeException e) {
                LOG.warn("Webhook {} is served later", feed.webhook(), e);
            } finally {
                serving.remove(Thread.currentThread());
                turns.release();
            }
        });
    }

    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void forget() {
        deliveries.forget(properties.remember());
    }

    @Override
    public synchronized void start() {
        running = true;
        // On a virtual thread an interrupt would close the connection of a running statement.
        finder = Thread.ofPlatform().name("webhooks").daemon().start(this::find);
    }

    /** Waits for what is being sent, so that it is not sent again. */
    @Override
    public synchronized void stop() {
        running = false;
        if (finder != null) {
            finder.interrupt();
            finder = null;
        }
        Instant until = Instant.now().plus(STOP_WITHIN);
        for (Thread thread : serving) {
            try {
                thread.join(Duration.between(Instant.now(), until));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
