package io.guildhall.query.invitation;

import io.guildhall.query.account.People;
import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.store.PageBounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class InvitationsQueries {

    /** The clock decides over PENDING before an event says EXPIRED (R11). */
    private static final String STATUS =
            "case when i.status = 'PENDING' and i.expires_at <= now() then 'EXPIRED' else i.status end";

    private static final String SELECT =
            """
            select i.invitation, i.email, %s as shown_status, i.expires_at, i.invitee, i.inviter, %s, %s, %s
            from invitations i
            join organizations o on o.organization = i.organization
            left join accounts invitee on invitee.account = i.invitee
            left join accounts inviter on inviter.account = i.inviter
            where i.status <> 'REVOKED'
            """.formatted(STATUS, PublicOrganizationView.COLUMNS, People.columns("invitee"), People.columns("inviter"));

    private static final String OF_ORGANIZATION = " and i.organization = :owner";

    /** R14: sent to the address that the account has now and has proven (R2), or answered by the account. */
    private static final String OF_ACCOUNT =
            " and (i.email_hash = (select a.email_hash from accounts a where a.account = :owner and a.email_validated)"
                    + " or i.invitee = :owner)";

    private final JdbcClient jdbc;
    private final People people;

    InvitationsQueries(JdbcClient jdbc, People people) {
        this.jdbc = jdbc;
        this.people = people;
    }

    @QueryHandler
    @Nullable InvitationView handle(FindInvitation query) {
        return find(OF_ORGANIZATION, query.organization(), query.invitation());
    }

    @QueryHandler
    @Nullable InvitationView handle(FindOwnInvitation query) {
        return find(OF_ACCOUNT, query.account(), query.invitation());
    }

    @QueryHandler
    InvitationPage handle(ListInvitations query) {
        return list(OF_ORGANIZATION, query.organization(), query.statuses(), query.limit(), query.offset());
    }

    @QueryHandler
    InvitationPage handle(ListOwnInvitations query) {
        return list(OF_ACCOUNT, query.account(), query.statuses(), query.limit(), query.offset());
    }

    @QueryHandler
    @Nullable InvitationLinkView handle(FindInvitationByLink query) {
        return jdbc.sql("""
                        select i.organization, i.invitation, o.name, coalesce(%s, o.name), i.email, i.email_hash, i.expires_at
                        from invitations i
                        join organizations o on o.organization = i.organization
                        left join accounts a on a.account = i.inviter
                        where i.link = ? and i.status = 'PENDING' and i.expires_at > now()
                        """.formatted(People.shownName("a")))
                .param(query.link())
                .query((row, n) -> new InvitationLinkView(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getObject(7, OffsetDateTime.class).toInstant()))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable LinkedInvitation handle(ResolveInvitationLink query) {
        return jdbc.sql("select organization, invitation from invitations where link = ? and status <> 'REVOKED'")
                .param(query.link())
                .query((row, n) -> new LinkedInvitation(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    LapsedInvitations handle(ListLapsed query) {
        return new LapsedInvitations(jdbc.sql("select organization, invitation from invitations"
                        + " where status = 'PENDING' and expires_at <= now() order by expires_at limit ?")
                .param(query.limit())
                .query((row, n) -> new Lapsed(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .list());
    }

    private @Nullable InvitationView find(String whose, UUID owner, UUID invitation) {
        return jdbc.sql(SELECT + " and i.invitation = :invitation" + whose)
                .param("owner", owner)
                .param("invitation", invitation)
                .query(this::invitation)
                .optional()
                .orElse(null);
    }

    private InvitationPage list(String whose, UUID owner, List<String> statuses, long limit, long offset) {
        PageBounds bounds = PageBounds.of(limit, offset);
        String wanted = whose + (statuses.isEmpty() ? "" : " and " + STATUS + " = any(:statuses)");
        List<InvitationView> page = statement(
                        SELECT + wanted + " order by i.created desc, i.invitation limit :limit offset :offset",
                        owner,
                        statuses)
                .param("limit", bounds.limit())
                .param("offset", bounds.offset())
                .query(this::invitation)
                .list();
        String count = "select count(*) from invitations i where i.status <> 'REVOKED'" + wanted;
        long total = bounds.total(
                page, () -> statement(count, owner, statuses).query(Long.class).single());
        return new InvitationPage(page, bounds.limit(), bounds.offset(), total);
    }

    private JdbcClient.StatementSpec statement(String sql, UUID owner, List<String> statuses) {
        return jdbc.sql(sql).param("owner", owner).param("statuses", statuses.toArray(String[]::new));
    }

    private InvitationView invitation(ResultSet row, int n) throws SQLException {
        PublicOrganizationView organization = PublicOrganizationView.read(row);
        return new InvitationView(
                row.getString("invitation"),
                row.getString("email"),
                "OWNER",
                row.getString("shown_status"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                organization.id(),
                organization,
                orEmpty(row.getString("invitee")),
                people.readUnlessErased(row, "invitee"),
                orEmpty(row.getString("inviter")),
                people.readUnlessErased(row, "inviter"));
    }

    private static String orEmpty(@Nullable String id) {
        return id == null ? "" : id;
    }
}
