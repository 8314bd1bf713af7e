package io.guildhall.domain.plan;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The plan catalogue, which is configuration (R8). */
public interface Plans {

    /** Where every organization starts. */
    String INITIAL = "hobby";

    @Nullable Plan find(String id);

    Collection<String> ids();
}
