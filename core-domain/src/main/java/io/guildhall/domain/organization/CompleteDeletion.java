package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R22: the next step of a deletion under way; ends one membership or, when none is left, the organization. Silence when there is nothing to do. */
public record CompleteDeletion(@RoutingKey UUID organization) {}
