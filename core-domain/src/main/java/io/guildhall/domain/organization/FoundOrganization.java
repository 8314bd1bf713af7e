package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R4, R5, R6. */
public record FoundOrganization(@RoutingKey UUID organization, String name, UUID founder, UUID membership) {}
