package io.guildhall.query.organization;

import io.guildhall.infrastructure.projection.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class OrganizationsQueries {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    OrganizationsQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    @Nullable OrganizationView handle(FindOrganization query) {
        return jdbc.sql("select o.* from organizations o where o.organization = ? and o.status <> 'DELETED'")
                .param(query.organization())
                .query((row, n) -> OrganizationView.read(row))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable OrganizationView handle(FindOrganizationNamed query) {
        return jdbc.sql("select o.* from organizations o where o.name = ? and o.status <> 'DELETED'")
                .param(query.name())
                .query((row, n) -> OrganizationView.read(row))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    OrganizationPage handle(ListOrganizations query) {
        PageRequest bounds = PageRequest.of(query.limit(), query.offset());
        String order = query.ascending() ? "asc" : "desc";
        String sql = """
                select o.* from members m join organizations o on o.organization = m.organization
                where m.user_id = :user and m.ended is null and o.status <> 'DELETED'%s%s%s
                order by o.created %s, o.organization %s limit :limit offset :offset
                """.formatted(
                query.only() == null ? "" : " and m.organization = :only",
                query.search() == null ? "" : " and position(lower(:search) in o.name || ' ' || o.organization) > 0",
                query.statuses().isEmpty() ? "" : " and o.shown_status = any(:statuses)",
                order,
                order);
        List<OrganizationView> found = jdbc.sql(sql)
                .param("user", query.user())
                .param("only", query.only())
                .param("search", query.search())
                .param("statuses", query.statuses().toArray(String[]::new))
                .param("limit", bounds.limit() + 1)
                .param("offset", bounds.offset())
                .query((row, n) -> OrganizationView.read(row))
                .list();
        return new OrganizationPage(
                found.stream().limit(bounds.limit()).toList(),
                bounds.limit(),
                bounds.offset(),
                found.size() > bounds.limit());
    }

    @QueryHandler
    PendingLifecycleSteps handle(ListPendingLifecycleSteps query) {
        return new PendingLifecycleSteps(jdbc.sql("select organization, status from organizations"
                        + " where status in ('DEACTIVATING', 'DELETING') order by organization limit ?")
                .param(query.limit())
                .query((row, n) -> new PendingLifecycleStep(row.getObject(1, UUID.class), row.getString(2)))
                .list());
    }

    @QueryHandler
    @Nullable ActivityRetentionView handle(FindActivityRetention query) {
        return jdbc.sql("select plan, activity_retention::bigint from organizations"
                        + " where organization = ? and status <> 'DELETED'")
                .param(query.organization())
                .query((row, n) -> new ActivityRetentionView(row.getString(1), row.getObject(2, Long.class)))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable SummaryView handle(FindSummary query) {
        return jdbc.sql("""
                        select (select count(*) from members m where m.organization = o.organization and m.ended is null),
                               (select coalesce(jsonb_object_agg(status, number), '{}') from (
                                   select case when i.status = 'PENDING' and i.expires_at <= now() then 'EXPIRED'
                                               else i.status end as status,
                                          count(*)::text as number
                                   from invitations i where i.organization = o.organization and i.status <> 'REVOKED'
                                   group by 1) as counted)
                        from organizations o where o.organization = ? and o.status <> 'DELETED'
                        """)
                .param(query.organization())
                .query((row, n) -> new SummaryView(
                        query.organization().toString(),
                        new MembersSummaryView(row.getString(1), JSON.readValue(row.getString(2), FIELDS))))
                .optional()
                .orElse(null);
    }
}
