package io.guildhall.domain.token;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R18. Silence when it is revoked already. */
public record RevokeToken(@RoutingKey UUID organization, UUID token) {}
