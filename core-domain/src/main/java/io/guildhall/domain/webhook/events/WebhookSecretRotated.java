package io.guildhall.domain.webhook.events;

import java.util.UUID;

/** There is a new secret, of this id; the one before goes on signing for a while. */
public record WebhookSecretRotated(UUID organization, UUID webhook, UUID secret) implements WebhookEvent {}
