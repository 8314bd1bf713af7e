package io.guildhall.acceptance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must be true of everything that a database holds, whatever has been going on. */
final class DatabaseInvariants {

    private static final Map<String, String> BROKEN_BY = Map.ofEntries(
            entry("R19: a stream has a gap", """
            select stream from events group by stream having max(sequence) + 1 <> count(*)"""),
            entry("R19: an event is missing in its trail", """
            select e.stream, e.sequence from events e
            left join activities a on a.trail = e.trail and a.sequence = e.trail_sequence and a.event = e.event_id
            where e.trail is not null and a.event is null"""),
            entry("R19: an event of an organization or user is in no trail", """
            select stream, sequence from events where stream_type in ('User', 'Organization') and trail is null"""),
            entry("R19: an activity is no event", """
            select a.trail, a.sequence from activities a left join events e on e.event_id = a.event
            where e.event_id is null and exists (select from events)"""),
            entry("R19: a trail has a gap", """
            select trail from activities group by trail having max(sequence) <> count(*) or min(sequence) <> 1"""),
            entry("R1: an address is that of two accounts", """
            select email_hash from users where not erased group by email_hash having count(*) > 1"""),
            entry("R6: a membership has one side only", """
            with joined as (
                select trail as user_id, object as organization from activities
                where object_type = 'organization' and verb in ('joined', 'left') and trail <> object
                group by trail, object having sum(case verb when 'joined' then 1 else -1 end) > 0),
            listed as (select user_id, organization from members where ended is null)
            (table joined except table listed) union all (table listed except table joined)"""),
            entry("R6: a user is a member of too many organizations", """
            select m.user_id from members m join users a using (user_id) where m.ended is null
            group by m.user_id, a.membership_limit having count(*) > coalesce(a.membership_limit, 5)"""),
            entry("R9: more seats are taken than there are", """
            select o.organization from organizations o
            cross join lateral (
                select (select count(*) from members m where m.organization = o.organization and m.ended is null)
                     + (select count(*) from invitations i where i.organization = o.organization
                        and i.status = 'PENDING' and i.expires_at > now()) as seats) taken
            where taken.seats > case o.plan
                when 'hobby' then 1 when 'starter' then 3 when 'startup' then 6 when 'pro' then 10 when 'scale' then 50
                else 1000000 end"""),
            entry("R4: a name is that of two organizations", """
            select name from organizations where status <> 'DELETED' group by name having count(*) > 1"""),
            entry("R16: an organization has no member", """
            select organization from organizations o where status not in ('DELETING', 'DELETED')
            and not exists (select from members m where m.organization = o.organization and m.ended is null)"""),
            entry("R17: a token works whose maker is gone", """
            select token from tokens t where active and not revoked
            and not exists (select from members m
                where m.organization = t.organization and m.user_id = t.user_id and m.ended is null)"""),
            entry("R11: an invitation has not one mail", """
            select i.invitation from invitations i
            left join mails l on l.recipient = i.invitation and l.kind = 'INVITATION'
            group by i.invitation having count(l.id) <> 1"""));

    private DatabaseInvariants() {}

    static void hold(DataSource database) {
        JdbcClient sql = JdbcClient.create(database);
        assertThat(BROKEN_BY).allSatisfy((rule, query) -> {
            List<Map<String, Object>> broken = sql.sql(query).query().listOfRows();
            assertThat(broken).as(rule).isEmpty();
        });
    }
}
