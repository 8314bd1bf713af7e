package io.guildhall.query.activity;

import io.guildhall.query.account.People;
import io.guildhall.query.store.PageBounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads trails. Names are those of now, so an erased person is one in all of the past (R20). */
@Component
class ActivitiesQueries {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /**
     * An organization in an account's trail has the name of then: what it is called later is its members' to know (R23).
     * The page is cut before anything is joined.
     */
    private static final String COLUMNS =
            """
            a.*,
            case a.actor_type when 'user' then %s when 'credential' then using_token.name end as actor_name,
            case a.object_type
                when 'user' then %s
                when 'organization_member' then %s
                when 'organization' then coalesce(former.name, organization.name)
                when 'organization_invitation' then invitation.email
                when 'credential' then token.name
                when 'webhook' then substring(webhook.url from '://([^/?#]*)')
            end as object_name,
            case a.object_type
                when 'user' then person.erased
                when 'organization_member' then member.ended is not null
                when 'organization' then organization.status = 'DELETED'
                when 'organization_invitation' then invitation.status = 'REVOKED'
                when 'credential' then token.revoked
                when 'webhook' then webhook.deleted
                when 'session' then session.expires_at <= now()
            end as object_deleted,
            invitation.email as invited, member.account as member, token.type as token_type
            """.formatted(People.shownName("actor"), People.shownName("person"), People.shownName("member"));

    /** Each is fenced by its offset, so that only the tables that a row's types name are looked into. */
    private static final String JOINS = """
            left join lateral (select name, erased from accounts
                where a.actor_type = 'user' and account = a.actor offset 0) actor on true
            left join lateral (select name from tokens
                where a.actor_type = 'credential' and token = a.actor offset 0) using_token on true
            left join lateral (select name, erased from accounts
                where a.object_type = 'user' and account = a.object offset 0) person on true
            left join lateral (select m.account, m.ended, p.name, p.erased
                from members m left join accounts p on p.account = m.account
                where a.object_type = 'organization_member' and m.membership = a.object offset 0) member on true
            left join lateral (select name, status from organizations
                where a.object_type = 'organization' and organization = a.object offset 0) organization on true
            left join lateral (
                select coalesce(n.metadata ->> 'to', n.metadata ->> 'name') as name from activities n
                where a.object_type = 'organization' and a.trail <> a.object
                  and n.trail = a.object and n.object_type = 'organization' and n.at <= a.at
                  and (n.verb = 'created' or n.metadata ->> 'event' = 'renamed')
                order by n.sequence desc limit 1) former on true
            left join lateral (select email, status from invitations
                where a.object_type = 'organization_invitation' and invitation = a.object offset 0) invitation on true
            left join lateral (select name, revoked, type from tokens
                where a.object_type = 'credential' and token = a.object offset 0) token on true
            left join lateral (select expires_at from sessions
                where a.object_type = 'session' and session = a.object offset 0) session on true
            left join lateral (select url, deleted from webhooks
                where a.object_type = 'webhook' and webhook = a.object offset 0) webhook on true
            """;

    private final JdbcClient jdbc;
    private final TrailBounds bounds;

    ActivitiesQueries(JdbcClient jdbc, TrailBounds bounds) {
        this.jdbc = jdbc;
        this.bounds = bounds;
    }

    @QueryHandler
    ActivityPage handle(ListActivities query) {
        PageBounds page = PageBounds.of(query.limit(), query.offset());
        long head = bounds.head(query.trail());
        // Newest first and unfiltered, an offset is a place, since the trail has no gap.
        boolean whole = !query.oldestFirst() && query.filter().equals(TrailFilter.everything());
        long offset = whole ? 0 : page.offset();
        TrailScan scan = bounds.scan(query, whole ? page.offset() : 0, head);
        long more = page.limit() + 1;
        List<ActivityView> found = scan.isExact() ? exact(scan, more, offset) : searched(scan, more, offset);
        boolean full = found.size() > page.limit();
        List<ActivityView> shown = full ? found.subList(0, (int) page.limit()) : found;
        Long next = full && !shown.isEmpty()
                ? Long.valueOf(shown.getLast().sequence())
                : scan.isExact() ? null : frontier(scan, offset);
        return new ActivityPage(List.copyOf(shown), page.limit(), page.offset(), next, head);
    }

    /** The page is cut before anything is joined. */
    private List<ActivityView> exact(TrailScan scan, long limit, long offset) {
        return read(
                scan,
                "select %s from (select a.* from %s%s offset %d) a %s%s"
                        .formatted(COLUMNS, scan.rows(offset + limit), scan.order(), offset, JOINS, scan.order()));
    }

    /** Stops as soon as the page is full. */
    private List<ActivityView> searched(TrailScan scan, long limit, long offset) {
        String rows = scan.rows(offset + scan.rows());
        String cut = "%s%s limit %d offset %d".formatted(scan.where(), scan.order(), limit, offset);
        return read(
                scan,
                scan.isNamed()
                        ? "select * from (select %s from %s %s) a%s".formatted(COLUMNS, rows, JOINS, cut)
                        : "select %s from (select a.* from %s%s) a %s%s"
                                .formatted(COLUMNS, rows, cut, JOINS, scan.order()));
    }

    private List<ActivityView> read(TrailScan scan, String sql) {
        return scan.statement(jdbc, scan.with() + sql)
                .query(ActivitiesQueries::activity)
                .list();
    }

    /** The last row that was looked at, or null when there is no other. */
    private @Nullable Long frontier(TrailScan scan, long offset) {
        return scan.statement(jdbc, scan.with() + scan.last(offset + scan.rows()))
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private static ActivityView activity(ResultSet row, int n) throws SQLException {
        return new ActivityView(
                row.getString("event"),
                actor(row),
                object(row),
                row.getString("verb"),
                metadata(row),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("sequence"));
    }

    private static ObjectView actor(ResultSet row) throws SQLException {
        String type = row.getString("actor_type");
        return switch (type) {
            case Actor.OPERATOR -> new ObjectView("operator", "Operator", type, Map.of(), false);
            case Actor.SYSTEM -> new ObjectView("system", "System", type, Map.of(), false);
            default ->
                new ObjectView(
                        orEmpty(row.getString("actor")), orEmpty(row.getString("actor_name")), type, Map.of(), false);
        };
    }

    /** What no table knows any more is deleted. */
    private static ObjectView object(ResultSet row) throws SQLException {
        boolean stands = !row.getBoolean("object_deleted") && !row.wasNull();
        return new ObjectView(
                row.getString("object"),
                orEmpty(row.getString("object_name")),
                row.getString("object_type"),
                objectMetadata(row),
                !stands);
    }

    private static Map<String, Object> objectMetadata(ResultSet row) throws SQLException {
        return switch (row.getString("object_type")) {
            case Activity.INVITATION -> Map.of("email", orEmpty(row.getString("invited")));
            case Activity.MEMBER -> Map.of("user_id", orEmpty(row.getString("member")));
            case Activity.CREDENTIAL -> Map.of("type", orEmpty(row.getString("token_type")));
            default -> Map.of();
        };
    }

    private static Map<String, Object> metadata(ResultSet row) throws SQLException {
        var metadata = new LinkedHashMap<>(JSON.readValue(row.getString("metadata"), OBJECT));
        String token = row.getString("token");
        if (token != null) {
            metadata.put("auth_token_ref", "credential:" + token);
        }
        String request = row.getString("request");
        if (request != null) {
            metadata.put("request_id", request);
        }
        return metadata;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
