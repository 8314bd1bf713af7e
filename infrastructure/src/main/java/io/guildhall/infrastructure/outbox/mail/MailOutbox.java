package io.guildhall.infrastructure.outbox.mail;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The mails that are to be sent, and those that were. All nodes share the work: a node that takes a mail leases it for longer than sending
 * takes, so that another node takes it again only when that node dies. The database's clock decides.
 */
@Repository
public class MailOutbox {

    static final Duration LEASE = Duration.ofSeconds(60);

    public enum Outcome {
        SENT,
        DROPPED,
        PARKED,
        /** Not sent: the recipient has had too many of the kind. */
        SUPPRESSED
    }

    /**
     * Answers before it is on the disk: what a crash of the database takes back makes a mail leave twice, and none be lost.
     */
    private static final String NOT_WAITING_FOR_THE_DISK =
            "with lax as materialized (select set_config('synchronous_commit', 'off', true))\n";

    private final JdbcClient jdbc;

    MailOutbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Leases the mails that have been due for longest. Leaves mails of other kinds. */
    List<OutboxEntry> take(int atMost, Set<String> kinds) {
        return jdbc.sql(NOT_WAITING_FOR_THE_DISK + """
                , due as materialized (
                    select id from mails where done_at is null and due_at <= now() and kind = any(:kinds)
                    order by due_at limit :most for update skip locked)
                update mails set due_at = now() + make_interval(secs => :lease), attempts = attempts + 1
                from lax, due where mails.id = due.id
                returning mails.id, kind, recipient, organization, organization_name, actor, link, link_expires_at, created_at, tried_since, attempts
                """)
                .param("lease", LEASE.toSeconds())
                .param("most", atMost)
                .param("kinds", kinds.toArray(String[]::new))
                .query(OutboxEntry.class)
                .list();
    }

    /** @param error the class of the last failure of a mail that is given up until an operator decides about it, or null */
    void done(OutboxEntry mail, Outcome outcome, @Nullable String error) {
        jdbc.sql(NOT_WAITING_FOR_THE_DISK + """
                update mails set done_at = now(), outcome = :outcome, last_error_class = coalesce(:error, last_error_class)
                from lax where id = :id and outcome is null
                """)
                .param("outcome", outcome.name())
                .param("error", error, Types.VARCHAR)
                .param("id", mail.id())
                .update();
    }

    /** Not now, but later. */
    void postpone(OutboxEntry mail, Duration by, String why) {
        jdbc.sql("""
                update mails set due_at = now() + make_interval(secs => :by), last_error_class = :why
                where id = :id and done_at is null
                """)
                .param("by", by.toMillis() / 1000.0)
                .param("why", why)
                .param("id", mail.id())
                .update();
    }

    /** Could not be looked at yet: this was no attempt. */
    void putBack(OutboxEntry mail) {
        jdbc.sql("update mails set due_at = now(), attempts = attempts - 1 where id = ? and done_at is null")
                .param(mail.id())
                .update();
    }

    /**
     * A mail that was given up or suppressed. Its recipient is named by id.
     *
     * @param recipientKind {@code user} or {@code invitation}
     * @param reason the class of the last failure, whose message may name the address
     */
    public record Parked(
            UUID id,
            String kind,
            String recipientKind,
            UUID recipient,
            @Nullable UUID organization,
            Instant createdAt,
            Instant parkedAt,
            int attempts,
            String reason) {}

    /** Oldest first. */
    public List<Parked> ended(Outcome outcome, long limit, long offset) {
        return jdbc.sql("""
                select id, kind, recipient_kind, recipient, organization, created_at, done_at as parked_at, attempts, coalesce(last_error_class, '') as reason
                from mails where outcome = :outcome order by done_at, id limit :limit offset :offset
                """)
                .param("outcome", outcome.name())
                .param("limit", limit)
                .param("offset", offset)
                .query(Parked.class)
                .list();
    }

    public long count(Outcome outcome) {
        return jdbc.sql("select count(*) from mails where outcome = ?")
                .param(outcome.name())
                .query(Long.class)
                .single();
    }

    public boolean exists(UUID id) {
        return jdbc.sql("select exists (select from mails where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** Tries a parked mail again, as long as a new one; all of them for null. Says how many. */
    public int retry(@Nullable UUID id) {
        return jdbc.sql("""
                update mails set done_at = null, outcome = null, due_at = now(), tried_since = now(), attempts = 0
                where outcome = 'PARKED' and (:id::uuid is null or id = :id::uuid)
                """).param("id", id).update();
    }

    /** A parked mail is not needed any more. */
    public void discard(UUID id) {
        jdbc.sql("update mails set outcome = 'DROPPED', done_at = now() where outcome = 'PARKED' and id = ?")
                .param(id)
                .update();
    }

    /**
     * How many mails there are.
     *
     * @param waiting still to be sent
     * @param due of these, those whose time has come and that nobody has taken yet
     * @param parked given up
     */
    record Backlog(long waiting, long due, long parked) {}

    Backlog backlog() {
        return jdbc.sql("""
                select (select count(*) from mails where done_at is null) as waiting,
                       (select count(*) from mails where done_at is null and due_at <= now()) as due,
                       (select count(*) from mails where outcome = 'PARKED') as parked
                """).query(Backlog.class).single();
    }

    /** Deletes mails that were sent or dropped that long ago; parked ones stay. */
    void deleteOlderThan(Duration after) {
        jdbc.sql("""
                delete from mails
                where done_at < now() - make_interval(secs => :after) and outcome <> 'PARKED'
                """).param("after", after.toSeconds()).update();
    }
}
