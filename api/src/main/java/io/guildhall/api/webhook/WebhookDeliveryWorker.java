package io.guildhall.api.webhook;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.api.webhook.WebhookDeliveryRepository.Due;
import io.guildhall.api.webhook.WebhookDeliveryRepository.Outcome;
import io.guildhall.api.webhook.WebhookHttpClient.Attempt;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.webhook.WebhookCommand.DisableWebhook;
import io.guildhall.infrastructure.command.CommandDispatcher;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ActivityView;
import io.guildhall.query.webhook.FindWebhook;
import io.guildhall.query.webhook.WebhookView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Serves a webhook whose cursor this node has claimed: turns new activities into deliveries, and sends those that are due. */
@Component
class WebhookDeliveryWorker {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliveryWorker.class);

    /** No attempt begins later under the same claim, so that other webhooks are served. */
    private static final Duration TURN = Duration.ofSeconds(2);

    /** For the statements around an attempt. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    private static final int PAGE = 100;
    private static final double JITTER = 0.1;

    private final WebhookCursorRepository cursors;
    private final WebhookDeliveryRepository deliveries;
    private final SigningSecrets secrets;
    private final WebhookPayloads messages;
    private final WebhookHttpClient client;
    private final QueryDispatcher queries;
    private final CommandDispatcher commandDispatcher;
    private final TransactionTemplate transaction;
    private final WebhookProperties properties;
    private final Clock clock;
    private final Counter delivered;
    private final Counter failed;

    WebhookDeliveryWorker(
            WebhookCursorRepository cursors,
            WebhookDeliveryRepository deliveries,
            SigningSecrets secrets,
            WebhookPayloads messages,
            WebhookHttpClient client,
            QueryDispatcher queries,
            CommandDispatcher commandDispatcher,
            TransactionTemplate transaction,
            WebhookProperties properties,
            Clock clock,
            MeterRegistry metrics) {
        this.cursors = cursors;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.messages = messages;
        this.client = client;
        this.queries = queries;
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

    /** The time that a claim holds: a turn, and an attempt that begins at its end. */
    Duration lease() {
        return properties.timeout().plus(TURN).plus(SPARE);
    }

    /** One turn. */
    void serve(WebhookCursor cursor) {
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
        WebhookView webhook = queries.find(new FindWebhook(cursor.organization(), cursor.webhook()), WebhookView.class);
        if (webhook == null
                || deliveries.waiting(cursor.webhook(), WebhookCursorRepository.MOST_WAITING)
                        >= WebhookCursorRepository.MOST_WAITING) {
            return false;
        }
        long position = cursors.position(cursor);
        ActivityPage page = messages.after(cursor.organization(), position, PAGE);
        // Activities past their retention are not on the page.
        long reached = page.activities().isEmpty()
                ? page.head()
                : page.activities().getLast().sequence();
        if (reached <= position) {
            return false;
        }
        transaction.executeWithoutResult(status -> {
            if (cursors.advance(cursor, position, reached)) {
                for (ActivityView activity : page.activities()) {
                    if (WebhookPayloads.wanted(webhook.types(), activity)) {
                        deliveries.add(
                                cursor.webhook(),
                                UUID.fromString(activity.id()),
                                activity.sequence(),
                                WebhookPayloads.typeOf(activity));
                    }
                }
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
        String id = WebhookPayloads.wireId(due.message());
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
