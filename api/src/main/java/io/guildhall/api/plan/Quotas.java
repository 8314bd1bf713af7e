package io.guildhall.api.plan;

import io.guildhall.api.plan.PlansProperties.Terms;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code Quotas} of the published contract, whose int64 are strings. Clients compare counts with them, so that "without limit"
 * cannot be 0: it is the largest number that all of them can hold.
 */
public record Quotas(
        String apps,
        String services,
        String domains,
        String servicesByApp,
        String serviceProvisioningConcurrency,
        String memoryMb,
        List<String> instanceTypes,
        List<String> regions,
        String maxOrganizationMembers,
        String customDomains,
        long logsRetention,
        long metricsRetention,
        String maxProjects,
        Map<String, String> maxInstancesByType,
        Map<String, Object> persistentVolumesByRegion) {

    static final long WITHOUT_LIMIT = Integer.MAX_VALUE;

    static Quotas of(Terms terms) {
        return new Quotas(
                text(terms.apps()),
                text(terms.services()),
                text(terms.customDomains()),
                text(terms.servicesByApp()),
                text(terms.serviceProvisioningConcurrency()),
                text(terms.memoryMb()),
                List.of(),
                List.of(),
                text(terms.seats() == null ? null : terms.seats().longValue()),
                text(terms.customDomains()),
                number(terms.logsRetentionDays()),
                number(terms.metricsRetentionDays()),
                text(terms.projects()),
                Map.of(),
                Map.of());
    }

    private static String text(@Nullable Long quota) {
        return Long.toString(number(quota));
    }

    private static long number(@Nullable Long quota) {
        return quota == null || quota == 0 ? WITHOUT_LIMIT : quota;
    }
}
