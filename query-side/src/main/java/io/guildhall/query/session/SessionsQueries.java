package io.guildhall.query.session;

import io.guildhall.infrastructure.projection.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists sign-ins. Until a last use is written, the start of the newest session counts as one. */
@Component
class SessionsQueries {

    private static final String SIGN_INS = """
            select s.sign_in, max(s.signed_in_at) as created, greatest(max(u.at), max(s.started)) as last_used,
                   max(s.sign_in_ends_at) as ends,
                   (array_agg(s.address order by s.started desc))[1] as address,
                   (array_agg(s.client order by s.started desc))[1] as client
            from sessions s left join sign_in_last_use u on u.sign_in = s.sign_in
            where s.user_id = :user and s.interactive and s.expires_at > now()
            group by s.sign_in
            having greatest(max(u.at), max(s.started)) > now() - make_interval(secs => :idle)
            """;

    private final JdbcClient jdbc;
    private final SessionIdleLimit idle;

    SessionsQueries(JdbcClient jdbc, SessionIdleLimit idle) {
        this.jdbc = jdbc;
        this.idle = idle;
    }

    @QueryHandler
    SessionPage handle(ListSessions query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        List<SessionView> page = statement(SIGN_INS + " order by created desc, s.sign_in" + bounds.clause(), query)
                .param("limit", bounds.limit())
                .param("offset", bounds.offset())
                .query(SessionsQueries::session)
                .list();
        long total = bounds.total(
                page,
                () -> statement("select count(*) from (" + SIGN_INS + ") as them", query)
                        .query(Long.class)
                        .single());
        return new SessionPage(page, bounds.limit(), bounds.offset(), total);
    }

    private JdbcClient.StatementSpec statement(String sql, ListSessions query) {
        return jdbc.sql(sql)
                .param("user", query.user())
                .param("idle", idle.value().toSeconds());
    }

    private static SessionView session(ResultSet row, int n) throws SQLException {
        return new SessionView(
                row.getString("sign_in"),
                instant(row, "created"),
                instant(row, "last_used"),
                instant(row, "ends"),
                row.getString("address"),
                row.getString("client"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
