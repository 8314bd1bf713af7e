package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R12. */
public record ResendInvitation(@RoutingKey UUID organization, UUID invitation, UUID link) {}
