package io.guildhall.query.emaillink;

import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class EmailLinksQueries {

    private final JdbcClient jdbc;

    EmailLinksQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    @Nullable EmailLinkView handle(FindEmailLink query) {
        return jdbc.sql("select purpose, subject from links where link = ?")
                .param(query.link())
                .query((row, n) -> new EmailLinkView(row.getString(1), row.getObject(2, UUID.class)))
                .optional()
                .orElse(null);
    }
}
