package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * Follows the mailed link. Changes nothing the second time.
 *
 * @param session the interactive session of the account that the link was followed with, or null
 */
public record ValidateEmail(
        @RoutingKey UUID account, UUID link, @Nullable UUID session) {}
