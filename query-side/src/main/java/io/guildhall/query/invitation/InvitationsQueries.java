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

    /** The from clause and status expression of invitations, now or at a past moment. */
    private enum Moment {
        NOW("invitations i", "now()"),
        /** Combines the last values of each invitation at that moment. */
        PAST("""
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

        Moment(String invitations, String moment) {
            from = "from " + invitations;
            // A pending invitation is expired from its expiry on, before an event records it (R11: invitations expire
            // after 7 days by default).
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

    /**
     * Invitations sent to the user's current, validated address, or answered by the user (R14: an invited person sees
     * invitations to the own address).
     */
    private static final String OF_USER = ofUser("a.email_validated");

    /** The same, or sent with the link that the user followed, which proves the address. */
    private static final String OF_USER_WITH_LINK = ofUser("(a.email_validated or i.link = :link)");

    private static String ofUser(String validated) {
        return " and (i.email_hash = (select a.email_hash from users a where a.user_id = :owner and %s) or i.invitee = :owner)"
                .formatted(validated);
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
                        OF_USER_WITH_LINK,
                        Map.of("owner", query.user(), "invitation", query.invitation(), "link", query.link()));
    }

    @QueryHandler
    InvitationPage handle(ListInvitations query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        return list(Moment.NOW, OF_ORGANIZATION, query.statuses(), Map.of("owner", query.organization()), bounds);
    }

    @QueryHandler
    InvitationPage handle(ListInvitationsAsOf query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        return list(
                Moment.PAST,
                OF_ORGANIZATION,
                query.statuses(),
                Map.of("owner", query.organization(), "as_of", query.asOf().atOffset(ZoneOffset.UTC)),
                bounds);
    }

    @QueryHandler
    InvitationPage handle(ListOwnInvitations query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        return list(Moment.NOW, OF_USER, query.statuses(), Map.of("owner", query.user()), bounds);
    }

    @QueryHandler
    @Nullable InvitationLinkView handle(FindInvitationByLink query) {
        return jdbc.sql("""
                        select i.organization, i.invitation, %s, o.name, coalesce(%s, o.name), i.email, i.email_hash, i.expires_at
                        from invitations i
                        join organizations o on o.organization = i.organization
                        left join users a on a.user_id = i.inviter
                        where i.link = ?
                        """.formatted(Moment.NOW.status, UserColumns.shownName("a")))
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
                .query(InvitationsQueries::openInvitation)
                .list());
    }

    @QueryHandler
    OpenInvitations handle(ListErasedInvitations query) {
        return new OpenInvitations(jdbc.sql("select organization, invitation from invitations"
                        + " where email = '' and status in ('PENDING', 'EXPIRED') limit ?")
                .param(query.limit())
                .query(InvitationsQueries::openInvitation)
                .list());
    }

    private static OpenInvitation openInvitation(ResultSet row, int n) throws SQLException {
        return new OpenInvitation(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
    }

    private @Nullable InvitationView find(String owner, Map<String, Object> parameters) {
        return jdbc.sql(Moment.NOW.select() + LISTED + " and i.invitation = :invitation" + owner)
                .params(parameters)
                .query(this::invitation)
                .optional()
                .orElse(null);
    }

    private InvitationPage list(
            Moment when, String owner, List<String> statuses, Map<String, Object> parameters, PageRequest bounds) {
        String where = LISTED + owner + (statuses.isEmpty() ? "" : " and " + when.status + " = any(:statuses)");
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
