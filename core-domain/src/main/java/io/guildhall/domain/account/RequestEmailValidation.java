package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R2. Silence when the address is validated already. */
public record RequestEmailValidation(@RoutingKey UUID account, UUID link) {}
