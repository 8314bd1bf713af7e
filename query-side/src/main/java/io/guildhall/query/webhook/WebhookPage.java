package io.guildhall.query.webhook;

import java.util.List;

/** As the envelopes of the published contract. */
public record WebhookPage(List<WebhookView> webhooks, long limit, long offset, long count) {}
