package io.guildhall.domain.webhook;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Silence when it was deleted. */
public record DeleteWebhook(@RoutingKey UUID organization, UUID webhook) {}
