package io.guildhall.domain.webhook;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** {@code secret} is the new one's id: the secret itself is no concern of the domain. Silence when it is the current one. */
public record RotateWebhookSecret(@RoutingKey UUID organization, UUID webhook, UUID secret) {}
