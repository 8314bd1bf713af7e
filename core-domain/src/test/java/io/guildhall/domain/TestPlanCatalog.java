package io.guildhall.domain;

import io.guildhall.domain.plan.Plan;
import io.guildhall.domain.plan.PlanCatalog;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Four plans: 1 seat; 3 seats, with a retention of 90 days; 6 seats, with a price; unlimited, with a price. */
public final class TestPlanCatalog implements PlanCatalog {

    private final Map<String, Plan> plans = new LinkedHashMap<>();

    public TestPlanCatalog() {
        add(new Plan("hobby", 1, false, null));
        add(new Plan("starter", 3, false, 90L));
        add(new Plan("startup", 6, true, null));
        add(new Plan("enterprise", null, true, null));
    }

    private void add(Plan plan) {
        plans.put(plan.id(), plan);
    }

    /** Has a price: a new organization needs no billing information for it. */
    @Override
    public String initial() {
        return "startup";
    }

    @Override
    public @Nullable Plan find(String id) {
        return plans.get(id);
    }

    @Override
    public Collection<String> ids() {
        return plans.keySet();
    }
}
