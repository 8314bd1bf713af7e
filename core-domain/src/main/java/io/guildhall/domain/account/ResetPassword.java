package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R3. The link works once; every session ends. */
public record ResetPassword(@RoutingKey UUID account, UUID link, UUID password, String encodedPassword) {}
