package io.guildhall.domain.webhook;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Silence when it is enabled. */
public record EnableWebhook(@RoutingKey UUID organization, UUID webhook) {}
