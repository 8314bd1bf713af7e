package io.guildhall.domain.webhook.events;

import java.util.UUID;

/** For good. */
public record WebhookDeleted(UUID organization, UUID webhook) implements WebhookEvent {}
