package io.guildhall.api.webhook;

import io.guildhall.api.web.Queries;
import io.guildhall.api.webhook.Courier.Attempt;
import io.guildhall.api.webhook.Deliveries.Due;
import io.guildhall.api.webhook.Deliveries.Outcome;
import io.guildhall.api.webhook.Feeds.Feed;
import io.guildhall.api.wiring.Commands;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.domain.webhook.WebhookCommand.DisableWebhook;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What is done for one webhook by who has claimed its feed: new activities become messages, and messages are sent. */
@Component
class Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    /** After so long others have their turn, and nothing new is begun under the claim. */
    private static final Duration TURN = Duration.ofSeconds(2);

    /** For what is noted in the database around an attempt. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    private static final int PAGE = 100;
    private static final double JITTER = 0.1;

    private final Feeds feeds;
    private final Deliveries deliveries;
    private final Secrets secrets;
    private final Messages messages;
    private final Courier courier;
    private final Queries queries;
    private final Commands commands;
    private final TransactionTemplate transaction;
    private final WebhookProperties properties;
    private final Clock clock;
    private final Counter delivered;
    private final Counter failed;

    Sending(
            Feeds feeds,
            Deliveries deliveries,
            Secrets secrets,
            Messages messages,
            Courier courier,
            Queries queries,
            Commands commands,
            TransactionTemplate transaction,
            WebhookProperties properties,
            Clock clock,
            MeterRegistry metrics) {
        this.feeds = feeds;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.messages = messages;
        this.courier = courier;
        this.queries = queries;
        this.commands = commands;
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

    /** How long a claim on a feed holds: a turn, and an attempt that was begun at its end. */
    Duration lease() {
        return properties.timeout().plus(TURN).plus(SPARE);
    }

    /** One turn. */
    void serve(Feed feed) {
        try {
            Instant end = clock.instant().plus(TURN);
            boolean more = true;
            while (more && clock.instant().isBefore(end)) {
                boolean handedOut = handOut(feed);
                more = send(feed, end) && handedOut;
            }
        } finally {
            feeds.release(feed);
        }
    }

    /** The next page of the trail; false when there is none, or no room for it. */
    private boolean handOut(Feed feed) {
        WebhookView webhook = queries.find(new FindWebhook(feed.organization(), feed.webhook()), WebhookView.class);
        if (webhook == null || deliveries.waiting(feed.webhook(), Feeds.MOST_WAITING) >= Feeds.MOST_WAITING) {
            return false;
        }
        long position = feeds.position(feed);
        ActivityPage page = messages.after(feed.organization(), position, PAGE);
        // Of a trail whose rest is no longer shown there is only the end.
        long reached = page.activities().isEmpty()
                ? page.head()
                : page.activities().getLast().sequence();
        if (reached <= position) {
            return false;
        }
        transaction.executeWithoutResult(status -> {
            if (feeds.advance(feed, position, reached)) {
                for (ActivityView activity : page.activities()) {
                    if (Messages.wanted(webhook.types(), activity)) {
                        deliveries.add(
                                feed.webhook(),
                                UUID.fromString(activity.id()),
                                activity.sequence(),
                                Messages.typeOf(activity));
                    }
                }
            }
        });
        return true;
    }

    /** What is due, several at a time, until one fails or the turn is over; whether all went well. */
    private boolean send(Feed feed, Instant end) {
        List<String> keys = secrets.of(feed.organization(), feed.webhook());
        if (keys.isEmpty()) {
            return false;
        }
        int hands = feed.failingSince() == null ? properties.perWebhook() : 1;
        var well = new AtomicBoolean(true);
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < hands; i++) {
            others.add(Thread.ofVirtual().name("webhook-send").start(() -> sendOneByOne(feed, keys, end, well)));
        }
        sendOneByOne(feed, keys, end, well);
        for (Thread other : others) {
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                well.set(false);
            }
        }
        return well.get();
    }

    private void sendOneByOne(Feed feed, List<String> keys, Instant end, AtomicBoolean well) {
        try {
            while (well.get() && clock.instant().isBefore(end)) {
                Due due = deliveries.next(feed, lease()).orElse(null);
                if (due == null) {
                    return;
                }
                if (!send(feed, due, keys)) {
                    well.set(false);
                }
            }
        } catch (RuntimeException e) {
            well.set(false);
            LOG.warn("Sending to webhook {} goes on later", feed.webhook(), e);
        }
    }

    private boolean send(Feed feed, Due due, List<String> keys) {
        byte[] body = messages.body(feed, due);
        if (body == null) {
            deliveries.done(due, Outcome.DROPPED, new Attempt(null, "activity-gone"));
            return true;
        }
        Attempt attempt = courier.carry(URI.create(due.url()), headers(due, keys, body), body);
        if (attempt.arrived()) {
            delivered.increment();
            deliveries.done(due, Outcome.DELIVERED, attempt);
            feeds.succeeded(feed);
            return true;
        }
        failed.increment();
        noteFailure(feed, due, attempt);
        return false;
    }

    private Map<String, String> headers(Due due, List<String> keys, byte[] body) {
        Instant now = clock.instant();
        String id = Messages.wireId(due.message());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", Signatures.sign(keys, id, now, body));
        return headers;
    }

    private void noteFailure(Feed feed, Due due, Attempt attempt) {
        boolean tooLong = feeds.failed(feed, properties.disableAfter());
        if (attempt.gone() || due.attempts() > properties.retries().size()) {
            deliveries.done(due, Outcome.FAILED, attempt);
        } else {
            deliveries.postpone(due, delay(due.attempts(), attempt), attempt);
        }
        if (attempt.retryAfter() != null) {
            feeds.pause(feed, attempt.retryAfter());
        }
        if (attempt.gone() || tooLong) {
            disable(feed, attempt.gone() ? "GONE" : "FAILING");
        }
    }

    private Duration delay(int attempts, Attempt attempt) {
        Duration planned = properties.retries().get(attempts - 1);
        Duration asked = attempt.retryAfter();
        Duration least = asked != null && asked.compareTo(planned) > 0 ? asked : planned;
        return least.plusMillis(
                (long) (least.toMillis() * JITTER * ThreadLocalRandom.current().nextDouble()));
    }

    private void disable(Feed feed, String reason) {
        try {
            commands.send(new DisableWebhook(feed.organization(), feed.webhook(), reason), ActorContext.bySystem());
            LOG.info("Webhook {} is disabled: {}", feed.webhook(), reason);
        } catch (CommandRefused refused) {
            LOG.debug("Webhook {} is gone already", feed.webhook());
        }
    }
}
