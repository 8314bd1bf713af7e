package io.guildhall.infrastructure.outbox.webhook;

import io.guildhall.infrastructure.outbox.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.infrastructure.outbox.webhook.WebhookHttpClient.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The messages to webhooks, and what became of them. */
@Repository
public class WebhookDeliveryRepository {

    enum Outcome {
        DELIVERED,
        FAILED,
        DROPPED
    }

    /** What a test is, on the wire. */
    static final String TEST = "webhook.test";

    private static final int FORGOTTEN_AT_ONCE = 10_000;

    /** An attempt is noted before it is made, and is due again soon, should this process not live to say how it went. */
    private static final String NEXT = """
            update webhook_deliveries d
            set attempts = attempts + 1, attempted_at = now(), due_at = now() + make_interval(secs => :lease)
            from webhook_feeds f
            join webhooks w on w.webhook = f.webhook and w.disabled is null and not w.deleted
            join organizations o on o.organization = f.organization and o.shown_status = 'ACTIVE'
            where f.webhook = :webhook and f.claim = :claim and d.number = (
                select number from webhook_deliveries
                where webhook = :webhook and done_at is null and due_at <= now()
                order by due_at, number limit 1 for update skip locked)
            returning d.number, d.message, d.sequence, d.type, d.created_at, d.attempts, w.url
            """;

    /** Of a {@link DeliveryView}. */
    private static final String COLUMNS = """
            delivery as id, 'msg_' || message as message_id, type, sequence, coalesce(outcome, 'WAITING') as status, attempts,
            status as response_status, error, created_at, attempted_at as last_attempt_at,
            case when done_at is null then due_at end as next_attempt_at
            """;

    private final JdbcClient jdbc;

    WebhookDeliveryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A message whose time has come.
     *
     * @param attempts with the one that is to be made now
     */
    public record Due(
            long number,
            UUID message,
            @Nullable Long sequence,
            String type,
            Instant createdAt,
            int attempts,
            String url) {}

    /** An activity that was handed out before is sent again, as the same message. */
    void add(UUID webhook, WebhookMessages.Message message) {
        jdbc.sql("""
                insert into webhook_deliveries as d (webhook, message, sequence, type) values (?, ?, ?, ?)
                on conflict (webhook, message) do update set due_at = now(), attempts = 0, done_at = null, outcome = null
                """)
                .params(webhook, message.id(), message.sequence(), message.type())
                .update();
    }

    /** Once, however often it is asked for with this id. */
    public DeliveryView addTest(UUID webhook, UUID message) {
        return jdbc.sql("""
                        insert into webhook_deliveries as d (webhook, message, type) values (?, ?, ?)
                        on conflict (webhook, message) do update set type = d.type
                        returning
                        """ + COLUMNS)
                .params(webhook, message, TEST)
                .query(DeliveryView.class)
                .single();
    }

    /** Null when there is no such delivery. */
    public @Nullable DeliveryView sendAgain(UUID webhook, UUID delivery) {
        return jdbc.sql("""
                        update webhook_deliveries set due_at = now(), attempts = 0, done_at = null, outcome = null
                        where webhook = ? and delivery = ?
                        returning
                        """ + COLUMNS)
                .params(webhook, delivery)
                .query(DeliveryView.class)
                .optional()
                .orElse(null);
    }

    long waiting(UUID webhook, int atMost) {
        return jdbc.sql("""
                        select count(*) from (
                            select from webhook_deliveries where webhook = ? and done_at is null limit ?) few
                        """).params(webhook, atMost).query(Long.class).single();
    }

    /** The one that has been due for longest, while the claim on the cursor is held. */
    Optional<Due> next(WebhookCursor cursor, Duration lease) {
        return jdbc.sql(NEXT)
                .param("webhook", cursor.webhook())
                .param("claim", cursor.claim())
                .param("lease", lease.toMillis() / 1000.0)
                .query(Due.class)
                .optional();
    }

    void done(Due due, Outcome outcome, Attempt attempt) {
        jdbc.sql("""
                update webhook_deliveries set done_at = now(), outcome = :outcome, status = :status, error = :error
                where number = :number and attempts = :attempts
                """)
                .param("outcome", outcome.name())
                .param("status", attempt.status())
                .param("error", attempt.error())
                .param("number", due.number())
                .param("attempts", due.attempts())
                .update();
    }

    void postpone(Due due, Duration by, Attempt attempt) {
        jdbc.sql("""
                update webhook_deliveries
                set due_at = now() + make_interval(secs => :by), status = :status, error = :error
                where number = :number and attempts = :attempts and done_at is null
                """)
                .param("by", by.toMillis() / 1000.0)
                .param("status", attempt.status())
                .param("error", attempt.error())
                .param("number", due.number())
                .param("attempts", due.attempts())
                .update();
    }

    public DeliveryPage list(UUID webhook, @Nullable String status, long limit, long offset) {
        List<DeliveryView> found = jdbc.sql(
                        """
                        select %s from webhook_deliveries where webhook = :webhook %s
                        order by number desc limit :limit offset :offset
                        """.formatted(COLUMNS, status == null ? "" : "and coalesce(outcome, 'WAITING') = :status"))
                .param("webhook", webhook)
                .param("status", status)
                .param("limit", limit + 1)
                .param("offset", offset)
                .query(DeliveryView.class)
                .list();
        boolean more = found.size() > limit;
        return new DeliveryPage(more ? found.subList(0, (int) limit) : found, limit, offset, more);
    }

    /** Forgets what was done that long ago, and what is of webhooks that are no more; some at a time. */
    void forget(Duration after) {
        jdbc.sql("""
                delete from webhook_deliveries where number in (
                    select number from webhook_deliveries
                    where done_at < now() - make_interval(secs => :after) limit :most)
                """)
                .param("after", after.toSeconds())
                .param("most", FORGOTTEN_AT_ONCE)
                .update();
        jdbc.sql("""
                delete from webhook_deliveries where number in (
                    select d.number from webhooks w join webhook_deliveries d on d.webhook = w.webhook
                    where w.deleted limit :most)
                """).param("most", FORGOTTEN_AT_ONCE).update();
    }

    /** What receivers know a message by: the same in each attempt. */
    static String wireId(UUID message) {
        return "msg_" + message;
    }
}
