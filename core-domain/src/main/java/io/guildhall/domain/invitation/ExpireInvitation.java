package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R11: its time has come. Silence when it has not, or when it is no longer pending. */
public record ExpireInvitation(@RoutingKey UUID organization, UUID invitation) {}
