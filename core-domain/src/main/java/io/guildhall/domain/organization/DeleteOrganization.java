package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R22: only when deactivated. */
public record DeleteOrganization(@RoutingKey UUID organization) {}
