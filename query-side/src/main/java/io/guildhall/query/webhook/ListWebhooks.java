package io.guildhall.query.webhook;

import java.util.UUID;

/** Lists webhooks of an organization, oldest first, without deleted ones. Answered by a {@link WebhookPage}. */
public record ListWebhooks(UUID organization, long limit, long offset) {}
