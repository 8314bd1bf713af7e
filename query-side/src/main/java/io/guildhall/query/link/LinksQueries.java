package io.guildhall.query.link;

import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class LinksQueries {

    private final JdbcClient jdbc;

    LinksQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    @Nullable LinkView handle(FindLink query) {
        return jdbc.sql("select purpose, subject from links where link = ?")
                .param(query.link())
                .query((row, n) -> new LinkView(row.getString(1), row.getObject(2, UUID.class)))
                .optional()
                .orElse(null);
    }
}
