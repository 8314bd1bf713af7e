package io.guildhall.domain.webhook.events;

import java.util.UUID;

/** Nothing is sent any more. {@code reason} is REQUESTED, or GONE or FAILING where the receiver was the reason. */
public record WebhookDisabled(UUID organization, UUID webhook, String reason) implements WebhookEvent {}
