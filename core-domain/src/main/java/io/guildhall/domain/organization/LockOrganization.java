package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** By an operator; the reason is shown to members. */
public record LockOrganization(@RoutingKey UUID organization, String reason) {}
