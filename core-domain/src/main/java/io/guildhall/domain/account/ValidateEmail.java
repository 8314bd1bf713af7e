package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R2. Follows the mailed link; silence the second time. */
public record ValidateEmail(@RoutingKey UUID account, UUID link) {}
