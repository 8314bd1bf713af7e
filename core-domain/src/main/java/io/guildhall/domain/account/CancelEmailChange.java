package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Cancels a change of the e-mail address that is not complete. */
public record CancelEmailChange(@RoutingKey UUID account, UUID link) {}
