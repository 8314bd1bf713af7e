package io.guildhall.query.token;

import io.guildhall.infrastructure.projection.PageRequest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class TokensQueries {

    private static final String SELECT = """
            select t.*, u.at as last_used,
                   case when t.expires_at <= now() or t.parent_session is not null and p.session is null then 'EXPIRED'
                        when t.active then 'ACTIVE' else 'DEACTIVATED' end as status
            from tokens t left join token_last_use u on u.token = t.token
            left join sessions p on p.session = t.parent_session and p.expires_at > now()
            """;

    private final JdbcClient jdbc;

    TokensQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    @Nullable TokenView handle(FindToken query) {
        return find(query.organization(), query.token(), "not t.revoked");
    }

    @QueryHandler
    @Nullable TokenView handle(FindRevokedToken query) {
        return find(query.organization(), query.token(), "t.revoked");
    }

    private @Nullable TokenView find(UUID organization, UUID token, String state) {
        return jdbc.sql(SELECT + "where t.token = ? and t.organization = ? and " + state)
                .params(token, organization)
                .query(TokensQueries::token)
                .optional()
                .orElse(null);
    }

    @QueryHandler
    TokenPage handle(ListTokens query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        String where = "where t.organization = :organization and not t.revoked"
                + (query.type() == null ? "" : " and t.type = :type")
                + (query.name() == null ? "" : " and t.name = :name")
                + (query.user() == null ? "" : " and t.user_id = :user");
        List<TokenView> page = statement(SELECT + where + " order by t.created desc, t.token" + bounds.clause(), query)
                .param("limit", bounds.limit())
                .param("offset", bounds.offset())
                .query(TokensQueries::token)
                .list();
        long total = bounds.total(
                page,
                () -> statement("select count(*) from tokens t " + where, query)
                        .query(Long.class)
                        .single());
        return new TokenPage(page, bounds.limit(), bounds.offset(), total);
    }

    private JdbcClient.StatementSpec statement(String sql, ListTokens query) {
        return jdbc.sql(sql)
                .param("organization", query.organization())
                .param("type", query.type())
                .param("name", query.name())
                .param("user", query.user());
    }

    static TokenView token(ResultSet row, int n) throws SQLException {
        return new TokenView(
                row.getString("token"),
                row.getString("type"),
                row.getString("name"),
                row.getString("description"),
                row.getString("user_id"),
                row.getString("organization"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("updated", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used"),
                row.getString("status"),
                scopes(row));
    }

    private static @Nullable List<String> scopes(ResultSet row) throws SQLException {
        Array scopes = row.getArray("scopes");
        return scopes == null ? null : List.of((String[]) scopes.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
