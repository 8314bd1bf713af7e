package io.guildhall.query.activity;

import io.guildhall.infrastructure.projection.PageRequest;
import io.guildhall.query.user.UserColumns;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads trails. Shows current names, so an erased person is erased in the past, too (R20: the trail shows an erased
 * person).
 */
@Component
class ActivitiesQueries {

    /**
     * Joins the name that {@link ActivityNameResolver} would show, for searches by word. {@code offset 0} keeps the
     * planner from looking into tables other than those of a row's types.
     */
    private static final String WITH_NAMES =
            """
            select a.*, case a.object_type
                when 'user' then %s
                when 'organization_member' then %s
                when 'organization' then coalesce(former.name, organization.name)
                when 'organization_invitation' then invitation.email
                when 'credential' then token.name
                when 'webhook' then substring(webhook.url from '://([^/?#]*)')
            end as object_name
            from %%s
            left join lateral (select name, erased from users
                where a.object_type = 'user' and user_id = a.object offset 0) person on true
            left join lateral (select p.name, p.erased
                from members m left join users p on p.user_id = m.user_id
                where a.object_type = 'organization_member' and m.membership = a.object offset 0) member on true
            left join lateral (select name from organizations
                where a.object_type = 'organization' and organization = a.object offset 0) organization on true
            left join lateral (
                select coalesce(n.metadata ->> 'to', n.metadata ->> 'name') as name from activities n
                where a.object_type = 'organization' and a.trail <> a.object
                  and n.trail = a.object and n.object_type = 'organization' and n.occurred_at <= a.occurred_at
                  and (n.verb = 'created' or n.metadata ->> 'event' = 'renamed')
                order by n.sequence desc limit 1) former on true
            left join lateral (select email from invitations
                where a.object_type = 'organization_invitation' and invitation = a.object offset 0) invitation on true
            left join lateral (select name from tokens
                where a.object_type = 'credential' and token = a.object offset 0) token on true
            left join lateral (select url from webhooks
                where a.object_type = 'webhook' and webhook = a.object offset 0) webhook on true
            """.formatted(UserColumns.shownName("person"), UserColumns.shownName("member"));

    private final JdbcClient jdbc;
    private final ActivityRangeResolver ranges;

    ActivitiesQueries(JdbcClient jdbc, ActivityRangeResolver ranges) {
        this.jdbc = jdbc;
        this.ranges = ranges;
    }

    @QueryHandler
    ActivityPage handle(ListActivities query) {
        PageRequest page = PageRequest.of(query.limit(), query.offset());
        // Without a filter and newest first, an offset is a range of sequence numbers, as trails have no gaps.
        boolean unfiltered = !query.oldestFirst() && query.filter().equals(ActivityFilter.everything());
        // The first activity of the newest page is the head.
        boolean newest = unfiltered && query.beyond() == null && page.offset() == 0;
        long head = newest ? Long.MAX_VALUE - 1 : ranges.head(query.trail());
        long offset = unfiltered ? 0 : page.offset();
        ActivityQuery scan = ranges.scan(query, unfiltered ? page.offset() : 0, head);
        long limitPlusOne = page.limit() + 1;
        List<ActivityRow> found =
                scan.isExact() ? exact(scan, limitPlusOne, offset) : search(scan, limitPlusOne, offset);
        if (newest) {
            head = found.isEmpty()
                    ? ranges.head(query.trail())
                    : found.getFirst().sequence();
        }
        boolean full = found.size() > page.limit();
        List<ActivityRow> shown = full ? found.subList(0, (int) page.limit()) : found;
        Long next = full && !shown.isEmpty()
                ? Long.valueOf(shown.getLast().sequence())
                : scan.isExact() ? null : lastExamined(scan, offset);
        var names = new ActivityNameResolver(jdbc, query.trail(), shown);
        return new ActivityPage(shown.stream().map(names::view).toList(), page.limit(), page.offset(), next, head);
    }

    private List<ActivityRow> exact(ActivityQuery scan, long limit, long offset) {
        return read(
                scan,
                "select %s from %s%s offset %d"
                        .formatted(ActivityRow.COLUMNS, scan.rows(offset + limit), scan.order(), offset));
    }

    /** Stops when the page is full. */
    private List<ActivityRow> search(ActivityQuery scan, long limit, long offset) {
        String rows = scan.rows(offset + scan.rows());
        return read(
                scan,
                "select %s from %s%s%s limit %d offset %d"
                        .formatted(
                                ActivityRow.COLUMNS,
                                scan.isNamed() ? "(" + WITH_NAMES.formatted(rows) + ") a" : rows,
                                scan.where(),
                                scan.order(),
                                limit,
                                offset));
    }

    private List<ActivityRow> read(ActivityQuery scan, String sql) {
        return scan.statement(jdbc, scan.with() + sql).query(ActivityRow::read).list();
    }

    /** Returns the last examined row, or null if there are no more rows. */
    private @Nullable Long lastExamined(ActivityQuery scan, long offset) {
        return scan.statement(jdbc, scan.with() + scan.last(offset + scan.rows()))
                .query(Long.class)
                .optional()
                .orElse(null);
    }
}
