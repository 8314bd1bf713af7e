package io.guildhall.domain.organization;

import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** R4, R8. A null name stays; only the billing fields given change, a null value empties one. All or nothing. */
public record ChangeOrganization(
        @RoutingKey UUID organization, @Nullable String name, Map<String, @Nullable String> billing) {}
