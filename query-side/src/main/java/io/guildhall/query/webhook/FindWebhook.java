package io.guildhall.query.webhook;

import java.util.UUID;

/** Answered by a {@link WebhookView} or null. */
public record FindWebhook(UUID organization, UUID webhook) {}
