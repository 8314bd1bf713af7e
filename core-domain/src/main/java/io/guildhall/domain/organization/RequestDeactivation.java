package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R21: mails the link to every member. */
public record RequestDeactivation(@RoutingKey UUID organization, UUID link) {}
