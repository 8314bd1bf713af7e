package io.guildhall.domain.webhook.events;

import java.util.UUID;

/** Sending goes on where it ended. */
public record WebhookEnabled(UUID organization, UUID webhook) implements WebhookEvent {}
