package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** The system's own command: ends an unanswered invitation whose address was erased. Silence when it has ended already. */
public record EndErasedInvitation(@RoutingKey UUID organization, UUID invitation) {}
