package io.guildhall.api.plan;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The operator's settings of the plan catalogue.
 *
 * @param initialPlan the plan of a new organization
 * @param plans by plan id, what differs from the defaults of {@link ConfiguredPlanCatalog}, such as {@code guildhall.plans.pro.seats=20};
 *     an id that the defaults do not have adds a plan
 */
@Validated
@ConfigurationProperties("guildhall")
public record PlansProperties(
        @DefaultValue("starter") String initialPlan,
        @Nullable Map<String, @Valid Terms> plans) {

    /**
     * What is null is as it is by default, for a further plan without limit.
     *
     * @param seats 0 is without limit
     * @param needsBilling whether billing information must be given first
     * @param apps quota of apps; 0 is without limit, as for the quotas that follow
     * @param activityRetentionDays how long activities are shown; 0 is for ever, which is every plan's default
     */
    public record Terms(
            @Nullable @PositiveOrZero Integer seats,
            @Nullable Boolean needsBilling,
            @Nullable @PositiveOrZero Long apps,
            @Nullable @PositiveOrZero Long services,
            @Nullable @PositiveOrZero Long servicesByApp,
            @Nullable @PositiveOrZero Long serviceProvisioningConcurrency,
            @Nullable @PositiveOrZero Long memoryMb,
            @Nullable @PositiveOrZero Long customDomains,
            @Nullable @PositiveOrZero Long projects,
            @Nullable @PositiveOrZero Long logsRetentionDays,
            @Nullable @PositiveOrZero Long metricsRetentionDays,
            @Nullable @PositiveOrZero @Max(MOST_DAYS) Long activityRetentionDays) {

        private static final long MOST_DAYS = 36_500;
    }
}
