package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R8, R10. */
public record ChoosePlan(@RoutingKey UUID organization, String plan) {}
