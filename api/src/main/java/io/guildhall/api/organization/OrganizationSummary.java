package io.guildhall.api.organization;

import io.guildhall.query.organization.MembersSummaryView;
import io.guildhall.query.organization.SummaryView;
import java.util.Map;

/** {@code OrganizationSummary} of the published contract, whose int64 are strings. Organizations own no resources yet. */
record OrganizationSummary(
        String organizationId,
        ByType instances,
        ByStatus apps,
        Map<String, Object> services,
        ByStatus domains,
        ByType secrets,
        ByInstanceType neonPostgres,
        MembersSummaryView members) {

    private static final String NONE = "0";

    record ByType(String total, Map<String, String> byType) {}

    record ByStatus(String total, Map<String, String> byStatus) {}

    record ByInstanceType(String total, Map<String, String> byInstanceType) {}

    static OrganizationSummary of(SummaryView summary) {
        ByType nothingByType = new ByType(NONE, Map.of());
        ByStatus nothingByStatus = new ByStatus(NONE, Map.of());
        return new OrganizationSummary(
                summary.organizationId(),
                nothingByType,
                nothingByStatus,
                Map.of(),
                nothingByStatus,
                nothingByType,
                new ByInstanceType(NONE, Map.of()),
                summary.members());
    }
}
