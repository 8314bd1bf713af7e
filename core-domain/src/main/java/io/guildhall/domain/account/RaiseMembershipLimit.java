package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R6. By an operator. */
public record RaiseMembershipLimit(@RoutingKey UUID account, int limit) {}
