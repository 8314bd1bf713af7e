package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R21 without the mailed confirmation. */
public record DeactivateOrganization(@RoutingKey UUID organization) {}
