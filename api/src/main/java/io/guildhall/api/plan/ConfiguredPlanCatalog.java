package io.guildhall.api.plan;

import io.guildhall.api.plan.PlansProperties.Terms;
import io.guildhall.domain.plan.Plan;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.query.activity.Retention;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

/** The plans there are (R8): these, with what {@link PlansProperties} changes. */
@Component
@EnableConfigurationProperties(PlansProperties.class)
public class ConfiguredPlanCatalog implements PlanCatalog {

    private static final SequencedMap<String, Terms> DEFAULTS = new LinkedHashMap<>();

    static {
        //                          seats billing apps services by app at once memory domains projects logs metrics
        DEFAULTS.put("hobby", terms(1, false, 5, 2, 2, 1, 1_024, 1, 1, 1, 1));
        DEFAULTS.put("starter", terms(3, true, 10, 10, 10, 2, 16_384, 10, 2, 3, 3));
        DEFAULTS.put("startup", terms(6, true, 20, 20, 20, 4, 65_536, 25, 5, 7, 7));
        DEFAULTS.put("pro", terms(10, true, 50, 50, 25, 5, 131_072, 50, 10, 7, 7));
        DEFAULTS.put("scale", terms(50, true, 200, 200, 100, 20, 524_288, 250, 50, 30, 30));
        DEFAULTS.put("business", terms(0, true, 1_000, 1_000, 500, 50, 2_097_152, 1_000, 200, 30, 30));
        DEFAULTS.put("enterprise", terms(0, true, 0, 0, 0, 100, 0, 0, 0, 90, 90));
    }

    private final Map<String, Terms> terms;
    private final String initial;

    ConfiguredPlanCatalog(PlansProperties properties) {
        var all = new LinkedHashMap<>(DEFAULTS);
        if (properties.plans() != null) {
            properties.plans().forEach((plan, changes) -> all.merge(plan, changes, ConfiguredPlanCatalog::changed));
        }
        this.terms = all;
        this.initial = properties.initialPlan();
        if (!terms.containsKey(initial)) {
            throw new InvalidConfigurationPropertyValueException(
                    "guildhall.initial-plan",
                    initial,
                    "There is no such plan. The plans are " + String.join(", ", terms.keySet()) + ".");
        }
    }

    @Override
    public String initial() {
        return initial;
    }

    @Override
    public @Nullable Plan find(String id) {
        Terms found = terms.get(id);
        return found == null
                ? null
                : new Plan(
                        id,
                        limit(found.seats()),
                        Boolean.TRUE.equals(found.needsBilling()),
                        retention(found).map(Duration::toDays).orElse(null));
    }

    @Override
    public Collection<String> ids() {
        return terms.keySet();
    }

    /** In the order of the catalogue. */
    List<PlansEndpoint.PlanView> offered() {
        return terms.entrySet().stream()
                .map(plan -> new PlansEndpoint.PlanView(
                        plan.getKey(), Boolean.TRUE.equals(plan.getValue().needsBilling()), Quotas.of(plan.getValue())))
                .toList();
    }

    /** Null for a plan that is no longer in the catalogue. */
    public @Nullable Quotas quotas(String id) {
        Terms found = terms.get(id);
        return found == null ? null : Quotas.of(found);
    }

    /** What each plan hides of its organizations' trails; most likely nothing. */
    Retention retention() {
        Map<String, Duration> byPlan = new HashMap<>();
        terms.forEach((plan, its) -> {
            retention(its).ifPresent(shown -> byPlan.put(plan, shown));
        });
        return new Retention(Map.copyOf(byPlan));
    }

    private static Optional<Duration> retention(Terms terms) {
        return Optional.ofNullable(terms.activityRetentionDays())
                .filter(days -> days > 0)
                .map(Duration::ofDays);
    }

    private static @Nullable Integer limit(@Nullable Integer seats) {
        return seats == null || seats == 0 ? null : seats;
    }

    private static Terms terms(
            int seats,
            boolean billing,
            long apps,
            long services,
            long servicesByApp,
            long concurrency,
            long memoryMb,
            long domains,
            long projects,
            long logs,
            long metrics) {
        return new Terms(
                seats,
                billing,
                apps,
                services,
                servicesByApp,
                concurrency,
                memoryMb,
                domains,
                projects,
                logs,
                metrics,
                0L);
    }

    private static Terms changed(Terms was, Terms changes) {
        return new Terms(
                or(changes.seats(), was.seats()),
                or(changes.needsBilling(), was.needsBilling()),
                or(changes.apps(), was.apps()),
                or(changes.services(), was.services()),
                or(changes.servicesByApp(), was.servicesByApp()),
                or(changes.serviceProvisioningConcurrency(), was.serviceProvisioningConcurrency()),
                or(changes.memoryMb(), was.memoryMb()),
                or(changes.customDomains(), was.customDomains()),
                or(changes.projects(), was.projects()),
                or(changes.logsRetentionDays(), was.logsRetentionDays()),
                or(changes.metricsRetentionDays(), was.metricsRetentionDays()),
                or(changes.activityRetentionDays(), was.activityRetentionDays()));
    }

    private static <V> @Nullable V or(@Nullable V change, @Nullable V was) {
        return change == null ? was : change;
    }
}
