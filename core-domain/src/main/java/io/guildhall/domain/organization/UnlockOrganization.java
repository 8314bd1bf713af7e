package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** By an operator. */
public record UnlockOrganization(@RoutingKey UUID organization) {}
