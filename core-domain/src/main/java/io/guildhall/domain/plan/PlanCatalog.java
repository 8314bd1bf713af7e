package io.guildhall.domain.plan;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The plan catalogue, which is configuration (R8). */
public interface PlanCatalog {

    /** The id of the plan that a new organization gets. It needs no billing information for it, even if the plan has a price. */
    String initial();

    @Nullable Plan find(String id);

    Collection<String> ids();
}
