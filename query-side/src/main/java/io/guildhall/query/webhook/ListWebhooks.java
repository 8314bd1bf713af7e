package io.guildhall.query.webhook;

import java.util.UUID;

/** Of one organization, oldest first; deleted ones are not listed. Answered by a {@link WebhookPage}. */
public record ListWebhooks(UUID organization, long limit, long offset) {}
