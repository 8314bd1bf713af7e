package io.guildhall.domain.webhook.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new webhook. The address may hold a secret in its query, and people write the description: both are encrypted under the
 * organization's key.
 *
 * @param types separated by spaces; none is every type
 * @param account the member who decided where the trail is sent. The webhook is disabled when this membership ends
 */
public record WebhookCreated(
        UUID organization,
        UUID webhook,
        String sealedUrl,
        String types,
        String sealedDescription,
        @Nullable UUID account)
        implements WebhookEvent {}
