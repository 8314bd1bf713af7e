package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Withdraws the request for a deactivation, by the mailed link. Confirming by that link is then refused. */
public record CancelDeactivation(@RoutingKey UUID organization, UUID link) {}
