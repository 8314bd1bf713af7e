package io.guildhall.domain.webhook.events;

import java.util.UUID;

/** Another address, other types or another description: how it stands from now on, as in {@link WebhookCreated}. */
public record WebhookChanged(UUID organization, UUID webhook, String sealedUrl, String types, String description)
        implements WebhookEvent {}
