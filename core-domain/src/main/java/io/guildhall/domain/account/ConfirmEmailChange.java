package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/**
 * The link to change the e-mail address was followed. The address changes with the last confirmation that is needed.
 *
 * @param byNewAddress whether the link was mailed to the new address, or else to the old one
 */
public record ConfirmEmailChange(@RoutingKey UUID account, UUID link, boolean byNewAddress) {}
