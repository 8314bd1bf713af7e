package io.guildhall.domain.plan;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The plan catalogue (R8: it is configuration). */
public interface PlanCatalog {

    /** The plan of a new organization, which needs no billing information for it even if the plan has a price. */
    String initial();

    @Nullable Plan find(String id);

    Collection<String> ids();
}
