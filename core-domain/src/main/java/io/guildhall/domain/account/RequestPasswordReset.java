package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R3. */
public record RequestPasswordReset(@RoutingKey UUID account, UUID link) {}
