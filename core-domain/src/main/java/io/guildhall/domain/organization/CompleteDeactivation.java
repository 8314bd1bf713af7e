package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R21: the next step of a deactivation under way. Silence when there is none. */
public record CompleteDeactivation(@RoutingKey UUID organization) {}
