package io.guildhall.infrastructure.outbox.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The position in its organization's trail up to which each webhook has deliveries. All nodes share the work: a node has a cursor that it
 * claims until it releases it, or until the claim expires because the node died. The database's clock decides.
 */
@Repository
public class WebhookCursorRepository {

    /** Limit of undelivered messages of one webhook. At the limit its cursor stays. */
    static final int MOST_WAITING = 1_000;

    private static final String CLAIM = """
            with ready as (
                select f.webhook from webhook_feeds f
                join webhooks w on w.webhook = f.webhook and w.disabled is null and not w.deleted
                join organizations o on o.organization = f.organization and o.shown_status = 'ACTIVE'
                where (f.claimed_until is null or f.claimed_until < now())
                  and (f.paused_until is null or f.paused_until < now())
                  and (exists (select from webhook_deliveries d
                               where d.webhook = f.webhook and d.done_at is null and d.due_at <= now())
                       or (select a.sequence from activities a where a.trail = f.organization
                           order by a.sequence desc limit 1) > f.position
                          and (select count(*) from (
                                   select from webhook_deliveries d
                                   where d.webhook = f.webhook and d.done_at is null limit :waiting) few) < :waiting)
                order by f.served_at limit :most
                for update of f skip locked)
            update webhook_feeds f
            set claim = :claim, claimed_until = now() + make_interval(secs => :lease), served_at = now()
            from ready where f.webhook = ready.webhook
            returning f.webhook, f.organization, f.claim, f.position, f.failing_since
            """;

    private final JdbcClient jdbc;

    WebhookCursorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A cursor that this node has claimed.
     *
     * @param position the last sequence number of the trail that has a delivery
     * @param failingSince since when no attempt has succeeded; null when the last one did
     */
    public record WebhookCursor(
            UUID webhook,
            UUID organization,
            UUID claim,
            long position,
            @Nullable Instant failingSince) {}

    /** Claims cursors of webhooks with something to send, the longest unserved first. */
    List<WebhookCursor> claim(int most, Duration lease) {
        return jdbc.sql(CLAIM)
                .param("waiting", MOST_WAITING)
                .param("most", most)
                .param("claim", UUID.randomUUID())
                .param("lease", lease.toMillis() / 1000.0)
                .query(WebhookCursor.class)
                .list();
    }

    void release(WebhookCursor cursor) {
        jdbc.sql("update webhook_feeds set claim = null, claimed_until = null where webhook = ? and claim = ?")
                .params(cursor.webhook(), cursor.claim())
                .update();
    }

    /** False when the claim was lost, or when an operation has moved the cursor back meanwhile. */
    boolean advance(WebhookCursor cursor, long from, long to) {
        return jdbc.sql("update webhook_feeds set position = ? where webhook = ? and claim = ? and position = ?")
                        .params(to, cursor.webhook(), cursor.claim(), from)
                        .update()
                > 0;
    }

    long position(WebhookCursor cursor) {
        return jdbc.sql("select position from webhook_feeds where webhook = ?")
                .param(cursor.webhook())
                .query(Long.class)
                .optional()
                .orElse(Long.MAX_VALUE);
    }

    /** Sends everything after this position again. */
    public void rewind(UUID webhook, long to) {
        jdbc.sql("update webhook_feeds set position = least(position, ?) where webhook = ?")
                .params(to, webhook)
                .update();
    }

    void succeeded(WebhookCursor cursor) {
        jdbc.sql("update webhook_feeds set failing_since = null where webhook = ? and failing_since is not null")
                .param(cursor.webhook())
                .update();
    }

    /** Sends nothing to the receiver for this time, which it asked for by Retry-After. */
    void pause(WebhookCursor cursor, Duration time) {
        jdbc.sql("update webhook_feeds set paused_until = now() + make_interval(secs => ?) where webhook = ?")
                .params(time.toMillis() / 1000.0, cursor.webhook())
                .update();
    }

    /** Whether all attempts of this time have failed. */
    boolean failed(WebhookCursor cursor, Duration tooLong) {
        return jdbc.sql("""
                        update webhook_feeds set failing_since = coalesce(failing_since, now()) where webhook = ?
                        returning failing_since <= now() - make_interval(secs => ?)
                        """)
                .params(cursor.webhook(), tooLong.toMillis() / 1000.0)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }
}
