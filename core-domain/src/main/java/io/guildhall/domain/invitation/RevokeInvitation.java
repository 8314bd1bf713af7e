package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R11. Silence when it is revoked already. */
public record RevokeInvitation(@RoutingKey UUID organization, UUID invitation) {}
