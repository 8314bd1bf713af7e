package io.guildhall.query.webhook;

import io.guildhall.infrastructure.projection.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class WebhooksQueries {

    private static final String FROM_ACTIVE = " from webhooks where organization = ? and not deleted";

    private final JdbcClient jdbc;

    WebhooksQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    @Nullable WebhookView handle(FindWebhook query) {
        return jdbc.sql("select *" + FROM_ACTIVE + " and webhook = ?")
                .params(query.organization(), query.webhook())
                .query(WebhooksQueries::webhook)
                .optional()
                .orElse(null);
    }

    @QueryHandler
    WebhookPage handle(ListWebhooks query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        List<WebhookView> page = jdbc.sql("select *" + FROM_ACTIVE + " order by created, webhook limit ? offset ?")
                .params(query.organization(), bounds.limit(), bounds.offset())
                .query(WebhooksQueries::webhook)
                .list();
        long total = bounds.total(
                page,
                () -> jdbc.sql("select count(*)" + FROM_ACTIVE)
                        .param(query.organization())
                        .query(Long.class)
                        .single());
        return new WebhookPage(page, bounds.limit(), bounds.offset(), total);
    }

    private static WebhookView webhook(ResultSet row, int n) throws SQLException {
        return new WebhookView(
                row.getString("webhook"),
                row.getString("organization"),
                row.getString("url"),
                List.of((String[]) row.getArray("types").getArray()),
                row.getString("description"),
                row.getString("disabled") == null ? "ENABLED" : "DISABLED",
                row.getString("disabled"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("updated", OffsetDateTime.class).toInstant());
    }
}
