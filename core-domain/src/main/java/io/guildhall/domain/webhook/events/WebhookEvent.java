package io.guildhall.domain.webhook.events;

import java.util.UUID;

/** A fact of one webhook; part of its organization's stream. Its secret is in none of them. */
public sealed interface WebhookEvent
        permits WebhookCreated, WebhookChanged, WebhookSecretRotated, WebhookDisabled, WebhookEnabled, WebhookDeleted {

    UUID organization();

    UUID webhook();
}
