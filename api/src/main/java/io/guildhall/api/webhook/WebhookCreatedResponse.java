package io.guildhall.api.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.guildhall.query.webhook.WebhookView;

/** The one time that a secret is shown. */
record WebhookCreatedResponse(@JsonUnwrapped WebhookView view, String secret) {}
