package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R21. */
public record ReactivateOrganization(@RoutingKey UUID organization) {}
