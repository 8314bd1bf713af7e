package io.guildhall.infrastructure.outbox.webhook;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.webhook.WebhookCommand.DisableWebhook;
import io.guildhall.infrastructure.command.CommandDispatcher;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.infrastructure.outbox.OutboxWorker;
import io.guildhall.infrastructure.outbox.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.infrastructure.outbox.webhook.WebhookDeliveryRepository.Due;
import io.guildhall.infrastructure.outbox.webhook.WebhookDeliveryRepository.Outcome;
import io.guildhall.infrastructure.outbox.webhook.WebhookHttpClient.Attempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds the webhooks that have something to send, whichever node caused it, and serves each for a short time: turns new activities into
 * deliveries, and sends those that are due. A slow receiver delays no other.
 */
@Component
class WebhookDeliveryWorker extends OutboxWorker {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliveryWorker.class);

    /** No attempt begins later under the same claim, so that other webhooks are served. */
    private static final Duration TURN = Duration.ofSeconds(2);

    /** For the statements around an attempt. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    /** Looking for webhooks takes a sixth of the time at most, however many there are, */
    private static final int REST_TO_WORK = 5;

    /** unless it takes so long that something is in its way: messages are delayed by this at most. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private static final int PAGE = 100;
    private static final double JITTER = 0.1;

    private final WebhookCursorRepository cursors;
    private final WebhookDeliveryRepository deliveries;
    private final SigningSecrets secrets;
    private final WebhookMessages messages;
    private final WebhookHttpClient client;
    private final CommandDispatcher commandDispatcher;
    private final TransactionTemplate transaction;
    private final WebhookProperties properties;
    private final Clock clock;
    private final Counter delivered;
    private final Counter failed;
    private volatile long restUntil = System.nanoTime();
    private volatile boolean allBusy;

    WebhookDeliveryWorker(
            WebhookCursorRepository cursors,
            WebhookDeliveryRepository deliveries,
            SigningSecrets secrets,
            WebhookMessages messages,
            WebhookHttpClient client,
            CommandDispatcher commandDispatcher,
            TransactionTemplate transaction,
            WebhookProperties properties,
            Clock clock,
            MeterRegistry metrics) {
        super("webhooks", properties.poll(), properties.atOnce());
        this.cursors = cursors;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.messages = messages;
        this.client = client;
        this.commandDispatcher = commandDispatcher;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
        this.delivered = Counter.builder("guildhall.webhooks.delivered")
                .description("Messages delivered to webhooks")
                .register(metrics);
        this.failed = Counter.builder("guildhall.webhooks.failed")
                .description("Failed attempts to deliver a message to a webhook")
                .register(metrics);
    }

    @Bean
    static RecurringTask<Void> webhookDeliveriesCleanup(
            WebhookDeliveryRepository deliveries, WebhookProperties properties) {
        return JobScheduler.job(
                "webhook-deliveries-cleanup", Duration.ofMinutes(10), () -> deliveries.forget(properties.remember()));
    }

    @Override
    protected void sendDue() {
        long begun = System.nanoTime();
        int free = begun - restUntil < 0 ? 0 : slots.drainPermits();
        if (free == 0) {
            return;
        }
        int served = 0;
        try {
            List<WebhookCursor> ready = cursors.claim(free, lease());
            served = ready.size();
            allBusy = served == free;
            ready.forEach(cursor -> sendInSlot("Webhook " + cursor.webhook(), () -> serve(cursor)));
        } finally {
            slots.release(free - served);
        }
        if (served < free) {
            long now = System.nanoTime();
            restUntil = now + Math.min(REST_TO_WORK * (now - begun), LONGEST_REST.toNanos());
        }
    }

    @Override
    protected void slotReleased() {
        if (allBusy) {
            trigger();
        }
    }

    /** The time that a claim holds: a turn, and an attempt that begins at its end. */
    private Duration lease() {
        return properties.timeout().plus(TURN).plus(SPARE);
    }

    /** One turn. */
    private void serve(WebhookCursor cursor) {
        try {
            Instant end = clock.instant().plus(TURN);
            boolean more = true;
            while (more && clock.instant().isBefore(end)) {
                boolean handedOut = handOut(cursor);
                more = send(cursor, end) && handedOut;
            }
        } finally {
            cursors.release(cursor);
        }
    }

    /** Adds deliveries for the next page of the trail. False when there is none, or when too many are undelivered. */
    private boolean handOut(WebhookCursor cursor) {
        if (deliveries.waiting(cursor.webhook(), WebhookCursorRepository.MOST_WAITING)
                >= WebhookCursorRepository.MOST_WAITING) {
            return false;
        }
        long position = cursors.position(cursor);
        WebhookMessages.Page page = messages.after(cursor, position, PAGE);
        if (page == null || page.end() <= position) {
            return false;
        }
        transaction.executeWithoutResult(status -> {
            if (cursors.advance(cursor, position, page.end())) {
                page.messages().forEach(message -> deliveries.add(cursor.webhook(), message));
            }
        });
        return true;
    }

    /** Sends what is due, several at a time, until one fails or the turn is over. True when all succeeded. */
    private boolean send(WebhookCursor cursor, Instant end) {
        List<String> keys = secrets.of(cursor.organization(), cursor.webhook());
        if (keys.isEmpty()) {
            return false;
        }
        int concurrent = cursor.failingSince() == null ? properties.perWebhook() : 1;
        var well = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < concurrent; i++) {
                threads.execute(() -> sendOneByOne(cursor, keys, end, well));
            }
        }
        return well.get();
    }

    private void sendOneByOne(WebhookCursor cursor, List<String> keys, Instant end, AtomicBoolean well) {
        try {
            while (well.get() && clock.instant().isBefore(end)) {
                Due due = deliveries.next(cursor, lease()).orElse(null);
                if (due == null) {
                    return;
                }
                if (!send(cursor, due, keys)) {
                    well.set(false);
                }
            }
        } catch (RuntimeException e) {
            well.set(false);
            LOG.warn("Sending to webhook {} goes on later", cursor.webhook(), e);
        }
    }

    private boolean send(WebhookCursor cursor, Due due, List<String> keys) {
        byte[] body = messages.body(cursor, due);
        if (body == null) {
            deliveries.done(due, Outcome.DROPPED, new Attempt(null, "activity-gone"));
            return true;
        }
        Attempt attempt = client.post(URI.create(due.url()), headers(due, keys, body), body);
        if (attempt.arrived()) {
            delivered.increment();
            deliveries.done(due, Outcome.DELIVERED, attempt);
            cursors.succeeded(cursor);
            return true;
        }
        failed.increment();
        noteFailure(cursor, due, attempt);
        return false;
    }

    private Map<String, String> headers(Due due, List<String> keys, byte[] body) {
        Instant now = clock.instant();
        String id = WebhookDeliveryRepository.wireId(due.message());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", Signatures.sign(keys, id, now, body));
        return headers;
    }

    private void noteFailure(WebhookCursor cursor, Due due, Attempt attempt) {
        boolean tooLong = cursors.failed(cursor, properties.disableAfter());
        if (attempt.gone() || due.attempts() > properties.retries().size()) {
            deliveries.done(due, Outcome.FAILED, attempt);
        } else {
            deliveries.postpone(due, delay(due.attempts(), attempt), attempt);
        }
        if (attempt.retryAfter() != null) {
            cursors.pause(cursor, attempt.retryAfter());
        }
        if (attempt.gone() || tooLong) {
            disable(cursor, attempt.gone() ? "GONE" : "FAILING");
        }
    }

    private Duration delay(int attempts, Attempt attempt) {
        Duration planned = properties.retries().get(attempts - 1);
        Duration asked = attempt.retryAfter();
        Duration least = asked != null && asked.compareTo(planned) > 0 ? asked : planned;
        return least.plusMillis(
                (long) (least.toMillis() * JITTER * ThreadLocalRandom.current().nextDouble()));
    }

    private void disable(WebhookCursor cursor, String reason) {
        try {
            commandDispatcher.send(
                    new DisableWebhook(cursor.organization(), cursor.webhook(), reason), ActorContext.bySystem());
            LOG.info("Webhook {} is disabled: {}", cursor.webhook(), reason);
        } catch (DomainRejectionException refused) {
            LOG.debug("Webhook {} is gone already", cursor.webhook());
        }
    }
}
