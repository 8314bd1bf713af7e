package io.guildhall.query.membership;

import io.guildhall.infrastructure.projection.PageRequest;
import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.user.UserColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class MembersQueries {

    private static final String FROM = """
            from members m
            join organizations o on o.organization = m.organization
            join users a on a.user_id = m.user_id
            """;

    private static final String SELECT =
            "select %s, %s, %s ".formatted(MemberView.COLUMNS, UserColumns.columns("a"), PublicOrganizationView.COLUMNS)
                    + FROM;

    private final JdbcClient jdbc;
    private final UserColumns userColumns;

    MembersQueries(JdbcClient jdbc, UserColumns userColumns) {
        this.jdbc = jdbc;
        this.userColumns = userColumns;
    }

    @QueryHandler
    @Nullable MemberView handle(FindMember query) {
        return jdbc.sql(SELECT + "where m.membership = ? and m.organization = ?")
                .params(query.membership(), query.organization())
                .query((row, n) -> member(row, row.getObject("ended") == null ? "ACTIVE" : "DELETED"))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable MembershipView handle(FindMembership query) {
        return jdbc.sql("select membership from members where organization = ? and user_id = ? and ended is null")
                .params(query.organization(), query.user())
                .query((row, n) -> new MembershipView(query.organization(), row.getObject(1, UUID.class), query.user()))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable MembershipView handle(FindOwnMembership query) {
        return jdbc.sql("select organization from members where membership = ? and user_id = ? and ended is null")
                .params(query.membership(), query.user())
                .query((row, n) -> new MembershipView(row.getObject(1, UUID.class), query.membership(), query.user()))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable DefaultOrganizationView handle(FindDefaultOrganization query) {
        return jdbc.sql("""
                        select m.organization
                        from members m
                        join organizations o on o.organization = m.organization
                        join users a on a.user_id = m.user_id
                        where m.user_id = ? and m.ended is null and o.shown_status = 'ACTIVE'
                        order by coalesce(m.organization = a.last_organization, false) desc, m.joined, m.membership
                        limit 1
                        """)
                .param(query.user())
                .query((row, n) -> new DefaultOrganizationView(row.getObject(1, UUID.class)))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    MemberPage handle(ListMembers query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        String where = (query.asOf() == null
                        ? "where m.ended is null"
                        : "where m.joined <= :as_of and (m.ended is null or m.ended > :as_of)")
                + (query.organization() == null ? "" : " and m.organization = :organization")
                + (query.user() == null ? "" : " and m.user_id = :user")
                + (query.organizationStatuses().isEmpty() ? "" : " and o.shown_status = any(:statuses)");
        List<MemberView> page = statement(SELECT + where + " order by m.joined, m.membership" + bounds.clause(), query)
                .param("limit", bounds.limit())
                .param("offset", bounds.offset())
                .query((row, n) -> member(row, "ACTIVE"))
                .list();
        long total = bounds.total(
                page,
                () -> statement("select count(*) " + FROM + where, query)
                        .query(Long.class)
                        .single());
        return new MemberPage(page, bounds.limit(), bounds.offset(), total);
    }

    private JdbcClient.StatementSpec statement(String sql, ListMembers query) {
        return jdbc.sql(sql)
                .param("organization", query.organization())
                .param("user", query.user())
                .param("as_of", query.asOf() == null ? null : query.asOf().atOffset(ZoneOffset.UTC))
                .param("statuses", query.organizationStatuses().toArray(String[]::new));
    }

    private MemberView member(ResultSet row, String status) throws SQLException {
        return MemberView.read(row, status, userColumns.read(row, "a"));
    }
}
