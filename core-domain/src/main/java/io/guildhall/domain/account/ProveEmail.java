package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R2. The person followed an invitation's link that was sent to this address. */
public record ProveEmail(@RoutingKey UUID account, String email) {}
