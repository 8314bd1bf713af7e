package io.guildhall.domain.session;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R3. Silence when it has ended already. */
public record EndSession(@RoutingKey UUID account, UUID session) {}
