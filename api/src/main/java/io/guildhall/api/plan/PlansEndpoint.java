package io.guildhall.api.plan;

import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** R8: the plans that there are to choose from. Ours; the published contract knows plans by name alone. */
@RestController
class PlansEndpoint {

    private final ConfiguredPlanCatalog catalogue;

    PlansEndpoint(ConfiguredPlanCatalog catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * A plan as it is offered.
     *
     * @param needsBilling whether an organization must give billing information before it can choose the plan
     */
    record PlanView(String id, boolean needsBilling, Quotas quotas) {}

    record PlansReply(List<PlanView> plans, int count) {}

    /** From the smallest, further ones of the configuration last. Public, for new users. */
    @GetMapping("/v1/plans")
    @RequiresPermission(Permission.PUBLIC)
    PlansReply list() {
        List<PlanView> plans = catalogue.offered();
        return new PlansReply(plans, plans.size());
    }
}
