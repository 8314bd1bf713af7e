package io.guildhall.query.token;

import io.guildhall.infrastructure.projection.PageRequest;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queries of past states of API tokens. */
@Component
class TokensAsOfQueries {

    /** Combines the last values of each token at that moment. */
    private static final String FROM = """
            from (
                select token, max(at) as updated,
                       (array_agg(name order by sequence desc) filter (where name is not null))[1] as name,
                       (array_agg(description order by sequence desc) filter (where description is not null))[1] as description,
                       (array_agg(active order by sequence desc) filter (where active is not null))[1] as active,
                       bool_or(revoked) as revoked
                from token_states
                where organization = :organization and at <= :as_of
                group by token) past
            join tokens t on t.token = past.token
            """;

    /**
     * JDBC reads the first of two columns with the same name: changeable values come from the history, others from the
     * token.
     */
    private static final String SELECT = """
            select coalesce(past.name, '') as name, coalesce(past.description, '') as description,
                   past.*, t.*, case when u.at <= :as_of then u.at end as last_used,
                   case when t.expires_at <= :as_of then 'EXPIRED' when past.active then 'ACTIVE' else 'DEACTIVATED' end as status
            """ + FROM + "left join token_last_use u on u.token = t.token ";

    private final JdbcClient jdbc;

    TokensAsOfQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    TokenPage handle(ListTokensAsOf query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        String where = "where not past.revoked"
                + (query.type() == null ? "" : " and t.type = :type")
                + (query.name() == null ? "" : " and past.name = :name")
                + (query.user() == null ? "" : " and t.user_id = :user");
        List<TokenView> page = statement(SELECT + where + " order by t.created desc, t.token" + bounds.clause(), query)
                .param("limit", bounds.limit())
                .param("offset", bounds.offset())
                .query(TokensQueries::token)
                .list();
        long total = bounds.total(
                page,
                () -> statement("select count(*) " + FROM + where, query)
                        .query(Long.class)
                        .single());
        return new TokenPage(page, bounds.limit(), bounds.offset(), total);
    }

    private JdbcClient.StatementSpec statement(String sql, ListTokensAsOf query) {
        return jdbc.sql(sql)
                .param("organization", query.organization())
                .param("as_of", query.asOf().atOffset(ZoneOffset.UTC))
                .param("type", query.type())
                .param("name", query.name())
                .param("user", query.user());
    }
}
