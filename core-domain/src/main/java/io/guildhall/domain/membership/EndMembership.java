package io.guildhall.domain.membership;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R15, R16, R17. Leaving when the actor is the member, removing otherwise; silence when it has ended already. */
public record EndMembership(@RoutingKey UUID organization, UUID membership) {}
