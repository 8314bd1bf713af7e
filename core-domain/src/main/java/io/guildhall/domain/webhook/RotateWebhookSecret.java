package io.guildhall.domain.webhook;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Each time another; the secret itself is no concern of the domain. */
public record RotateWebhookSecret(@RoutingKey UUID organization, UUID webhook) {}
