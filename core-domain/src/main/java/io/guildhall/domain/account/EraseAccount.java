package io.guildhall.domain.account;

import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R20. {@code organizations}: those the account belongs to as far as an operator knows, which it leaves; must be all. A person erases the own account only when in none. */
public record EraseAccount(@RoutingKey UUID account, List<UUID> organizations) {}
