package io.guildhall.domain.webhook.events;

import java.util.UUID;

/**
 * An address may hold a secret in its query, so it is sealed for the organization. {@code types} are separated by spaces; none
 * is every type.
 */
public record WebhookCreated(UUID organization, UUID webhook, String sealedUrl, String types, String description)
        implements WebhookEvent {}
