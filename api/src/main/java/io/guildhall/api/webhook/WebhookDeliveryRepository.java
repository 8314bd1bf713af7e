package io.guildhall.api.webhook;

import io.guildhall.api.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.api.webhook.WebhookHttpClient.Attempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The messages to webhooks, and what became of them. */
@Repository
class WebhookDeliveryRepository {

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

    private final JdbcClient jdbc;

    WebhookDeliveryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A message whose time has come.
     *
     * @param attempts with the one that is to be made now
     */
    record Due(
            long number,
            UUID message,
            @Nullable Long sequence,
            String type,
            Instant createdAt,
            int attempts,
            String url) {}

    /** An activity that was handed out before is sent again, as the same message. */
    void add(UUID webhook, UUID message, long sequence, String type) {
        jdbc.sql("""
                insert into webhook_deliveries as d (webhook, message, sequence, type) values (?, ?, ?, ?)
                on conflict (webhook, message) do update set due_at = now(), attempts = 0, done_at = null, outcome = null
                """).params(webhook, message, sequence, type).update();
    }

    /** Once, however often it is asked for with this id. */
    DeliveryView addTest(UUID webhook, UUID message) {
        return jdbc.sql("""
                        insert into webhook_deliveries as d (webhook, message, type) values (?, ?, ?)
                        on conflict (webhook, message) do update set type = d.type
                        returning *
                        """)
                .params(webhook, message, TEST)
                .query(WebhookDeliveryRepository::view)
                .single();
    }

    /** Null when there is no such delivery. */
    @Nullable DeliveryView sendAgain(UUID webhook, UUID delivery) {
        return jdbc.sql("""
                        update webhook_deliveries set due_at = now(), attempts = 0, done_at = null, outcome = null
                        where webhook = ? and delivery = ?
                        returning *
                        """)
                .params(webhook, delivery)
                .query(WebhookDeliveryRepository::view)
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
                .query(WebhookDeliveryRepository::due)
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

    DeliveryPage list(UUID webhook, @Nullable String status, long limit, long offset) {
        List<DeliveryView> found = jdbc.sql(
                        """
                        select * from webhook_deliveries where webhook = :webhook %s
                        order by number desc limit :limit offset :offset
                        """.formatted(status == null ? "" : "and coalesce(outcome, 'WAITING') = :status"))
                .param("webhook", webhook)
                .param("status", status)
                .param("limit", limit + 1)
                .param("offset", offset)
                .query(WebhookDeliveryRepository::view)
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

    private static Due due(ResultSet row, int n) throws SQLException {
        return new Due(
                row.getLong("number"),
                row.getObject("message", UUID.class),
                row.getObject("sequence", Long.class),
                row.getString("type"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"),
                row.getString("url"));
    }

    private static DeliveryView view(ResultSet row, int n) throws SQLException {
        boolean waits = row.getObject("done_at") == null;
        return new DeliveryView(
                row.getString("delivery"),
                WebhookPayloads.wireId(row.getObject("message", UUID.class)),
                row.getString("type"),
                row.getObject("sequence", Long.class),
                waits ? "WAITING" : row.getString("outcome"),
                row.getInt("attempts"),
                row.getObject("status", Integer.class),
                row.getString("error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "attempted_at"),
                waits ? instant(row, "due_at") : null);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
