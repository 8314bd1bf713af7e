package io.guildhall.api.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How far the trails have been handed out to webhooks. Several processes share the work: who claims a feed has it until it
 * releases it, or until the claim runs out because the process died. The database's clock decides.
 */
@Repository
class Feeds {

    /** So many undelivered messages may wait for one webhook; until there are fewer, its place in the trail stays. */
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

    Feeds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One that is the caller's.
     *
     * @param position the last sequence number of the trail that has been handed out
     * @param failingSince since when nothing has arrived; null when the last attempt did
     */
    record Feed(
            UUID webhook,
            UUID organization,
            UUID claim,
            long position,
            @Nullable Instant failingSince) {}

    /** Those for which there is something to do, the longest unserved first. */
    List<Feed> claim(int most, Duration lease) {
        return jdbc.sql(CLAIM)
                .param("waiting", MOST_WAITING)
                .param("most", most)
                .param("claim", UUID.randomUUID())
                .param("lease", lease.toMillis() / 1000.0)
                .query(Feeds::feed)
                .list();
    }

    void release(Feed feed) {
        jdbc.sql("update webhook_feeds set claim = null, claimed_until = null where webhook = ? and claim = ?")
                .params(feed.webhook(), feed.claim())
                .update();
    }

    /** Whether the place could be moved: not by one who has lost the claim, nor past what was asked to be sent again. */
    boolean advance(Feed feed, long from, long to) {
        return jdbc.sql("update webhook_feeds set position = ? where webhook = ? and claim = ? and position = ?")
                        .params(to, feed.webhook(), feed.claim(), from)
                        .update()
                > 0;
    }

    long position(Feed feed) {
        return jdbc.sql("select position from webhook_feeds where webhook = ?")
                .param(feed.webhook())
                .query(Long.class)
                .optional()
                .orElse(Long.MAX_VALUE);
    }

    /** Everything after that place is to be sent again. */
    void rewind(UUID webhook, long to) {
        jdbc.sql("update webhook_feeds set position = least(position, ?) where webhook = ?")
                .params(to, webhook)
                .update();
    }

    void succeeded(Feed feed) {
        jdbc.sql("update webhook_feeds set failing_since = null where webhook = ? and failing_since is not null")
                .param(feed.webhook())
                .update();
    }

    /** Nothing is sent to the receiver for that long: it asked to be left alone. */
    void pause(Feed feed, Duration time) {
        jdbc.sql("update webhook_feeds set paused_until = now() + make_interval(secs => ?) where webhook = ?")
                .params(time.toMillis() / 1000.0, feed.webhook())
                .update();
    }

    /** Whether nothing has arrived for that long. */
    boolean failed(Feed feed, Duration tooLong) {
        return jdbc.sql("""
                        update webhook_feeds set failing_since = coalesce(failing_since, now()) where webhook = ?
                        returning failing_since <= now() - make_interval(secs => ?)
                        """)
                .params(feed.webhook(), tooLong.toMillis() / 1000.0)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static Feed feed(ResultSet row, int n) throws SQLException {
        OffsetDateTime failing = row.getObject("failing_since", OffsetDateTime.class);
        return new Feed(
                row.getObject("webhook", UUID.class),
                row.getObject("organization", UUID.class),
                row.getObject("claim", UUID.class),
                row.getLong("position"),
                failing == null ? null : failing.toInstant());
    }
}
