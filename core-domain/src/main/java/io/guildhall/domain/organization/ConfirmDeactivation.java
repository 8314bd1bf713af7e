package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R21: the mailed link was followed. */
public record ConfirmDeactivation(@RoutingKey UUID organization, UUID link) {}
