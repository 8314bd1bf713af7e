package io.guildhall.domain.webhook;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Silence when it is disabled. {@code reason} as in the event. */
public record DisableWebhook(@RoutingKey UUID organization, UUID webhook, String reason) {}
