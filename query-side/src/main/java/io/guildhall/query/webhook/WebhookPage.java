package io.guildhall.query.webhook;

import java.util.List;

/** A page of webhooks, like the pages of the published contract. */
public record WebhookPage(List<WebhookView> webhooks, long limit, long offset, long count) {}
