package io.guildhall.query.webhook;

import java.util.UUID;

/** Finds a webhook of an organization. Answered by a {@link WebhookView} or null. */
public record FindWebhook(UUID organization, UUID webhook) {}
