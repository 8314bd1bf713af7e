package io.guildhall.query.invitation;

import io.guildhall.infrastructure.projection.PageRequest;
import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.user.UserColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class InvitationsQueries {

    /** Invitations of a moment, as SQL. */
    private enum Of {
        NOW("invitations i", "now()"),
        /** With each one's last word about each thing as of then. */
        THEN("""
                (select past.status, past.expires_at, past.invitee, i.invitation, i.organization, i.email, i.inviter, i.created
                 from (
                     select invitation, (array_agg(status order by sequence desc))[1] as status,
                            (array_agg(expires_at order by sequence desc) filter (where expires_at is not null))[1] as expires_at,
                            (array_agg(invitee order by sequence desc))[1] as invitee
                     from invitation_states
                     where organization = :owner and at <= :as_of
                     group by invitation) past
                 join invitations i on i.invitation = past.invitation) i""", ":as_of");

        private final String from;
        private final String status;

        Of(String invitations, String moment) {
            from = "from " + invitations;
            // The clock decides over PENDING before an event says EXPIRED (R11).
            status = "case when i.status = 'PENDING' and i.expires_at <= %s then 'EXPIRED' else i.status end"
                    .formatted(moment);
        }

        String select() {
            return """
                    select i.invitation, i.email, %s as shown_status, i.expires_at, i.invitee, i.inviter, %s, %s, %s
                    %s
                    join organizations o on o.organization = i.organization
                    left join users invitee on invitee.user_id = i.invitee
                    left join users inviter on inviter.user_id = i.inviter
                    """.formatted(
                            status,
                            PublicOrganizationView.COLUMNS,
                            UserColumns.columns("invitee"),
                            UserColumns.columns("inviter"),
                            from);
        }
    }

    private static final String LISTED = "where i.status <> 'REVOKED'";

    private static final String OF_ORGANIZATION = " and i.organization = :owner";

    /** R14: sent to the address that the user has now and has proven (R2), or answered by the user. */
    private static final String OF_USER = ofUser("a.email_validated");

    /** The same, to who came by the mailed link and so proves the address. */
    private static final String OF_FOLLOWER = ofUser("(a.email_validated or i.link = :link)");

    private static String ofUser(String proven) {
        return " and (i.email_hash = (select a.email_hash from users a where a.user_id = :owner and %s) or i.invitee = :owner)"
                .formatted(proven);
    }

    private final JdbcClient jdbc;
    private final UserColumns userColumns;

    InvitationsQueries(JdbcClient jdbc, UserColumns userColumns) {
        this.jdbc = jdbc;
        this.userColumns = userColumns;
    }

    @QueryHandler
    @Nullable InvitationView handle(FindInvitation query) {
        return find(OF_ORGANIZATION, Map.of("owner", query.organization(), "invitation", query.invitation()));
    }

    @QueryHandler
    @Nullable InvitationView handle(FindOwnInvitation query) {
        return query.link() == null
                ? find(OF_USER, Map.of("owner", query.user(), "invitation", query.invitation()))
                : find(
                        OF_FOLLOWER,
                        Map.of("owner", query.user(), "invitation", query.invitation(), "link", query.link()));
    }

    @QueryHandler
    InvitationPage handle(ListInvitations query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        return list(Of.NOW, OF_ORGANIZATION, query.statuses(), Map.of("owner", query.organization()), bounds);
    }

    @QueryHandler
    InvitationPage handle(ListInvitationsAsOf query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        return list(
                Of.THEN,
                OF_ORGANIZATION,
                query.statuses(),
                Map.of("owner", query.organization(), "as_of", query.asOf().atOffset(ZoneOffset.UTC)),
                bounds);
    }

    @QueryHandler
    InvitationPage handle(ListOwnInvitations query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        return list(Of.NOW, OF_USER, query.statuses(), Map.of("owner", query.user()), bounds);
    }

    @QueryHandler
    @Nullable InvitationLinkView handle(FindInvitationByLink query) {
        return jdbc.sql("""
                        select i.organization, i.invitation, %s, o.name, coalesce(%s, o.name), i.email, i.email_hash, i.expires_at
                        from invitations i
                        join organizations o on o.organization = i.organization
                        left join users a on a.user_id = i.inviter
                        where i.link = ?
                        """.formatted(Of.NOW.status, UserColumns.shownName("a")))
                .param(query.link())
                .query((row, n) -> new InvitationLinkView(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, OffsetDateTime.class).toInstant()))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    ExpiredInvitations handle(ListExpiredInvitations query) {
        return new ExpiredInvitations(jdbc.sql("select organization, invitation from invitations"
                        + " where status = 'PENDING' and expires_at <= now() order by expires_at limit ?")
                .param(query.limit())
                .query((row, n) -> new ExpiredInvitation(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .list());
    }

    @QueryHandler
    OpenInvitations handle(ListOpenInvitations query) {
        return new OpenInvitations(jdbc.sql("""
                        select i.organization, i.invitation
                        from users a join invitations i on i.email_hash = a.email_hash
                        where a.user_id = ? and not a.erased and i.status in ('PENDING', 'EXPIRED')
                        """)
                .param(query.user())
                .query(InvitationsQueries::open)
                .list());
    }

    @QueryHandler
    OpenInvitations handle(ListErasedInvitations query) {
        return new OpenInvitations(jdbc.sql("select organization, invitation from invitations"
                        + " where email = '' and status in ('PENDING', 'EXPIRED') limit ?")
                .param(query.limit())
                .query(InvitationsQueries::open)
                .list());
    }

    private static OpenInvitation open(ResultSet row, int n) throws SQLException {
        return new OpenInvitation(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
    }

    private @Nullable InvitationView find(String whose, Map<String, Object> parameters) {
        return jdbc.sql(Of.NOW.select() + LISTED + " and i.invitation = :invitation" + whose)
                .params(parameters)
                .query(this::invitation)
                .optional()
                .orElse(null);
    }

    private InvitationPage list(
            Of when, String whose, List<String> statuses, Map<String, Object> parameters, PageRequest bounds) {
        String where = LISTED + whose + (statuses.isEmpty() ? "" : " and " + when.status + " = any(:statuses)");
        List<InvitationView> page = statement(
                        when.select() + where + " order by i.created desc, i.invitation" + bounds.clause(),
                        parameters,
                        statuses)
                .param("limit", bounds.limit())
                .param("offset", bounds.offset())
                .query(this::invitation)
                .list();
        String count = "select count(*) %s %s".formatted(when.from, where);
        long total = bounds.total(
                page,
                () -> statement(count, parameters, statuses).query(Long.class).single());
        return new InvitationPage(page, bounds.limit(), bounds.offset(), total);
    }

    private JdbcClient.StatementSpec statement(String sql, Map<String, Object> parameters, List<String> statuses) {
        return jdbc.sql(sql).params(parameters).param("statuses", statuses.toArray(String[]::new));
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
                userColumns.readUnlessErased(row, "invitee"),
                orEmpty(row.getString("inviter")),
                userColumns.readUnlessErased(row, "inviter"));
    }

    private static String orEmpty(@Nullable String id) {
        return id == null ? "" : id;
    }
}
