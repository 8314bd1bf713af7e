package io.guildhall.domain.webhook.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Another address, other types or another description: all values from now on, as in {@link WebhookCreated}. */
public record WebhookChanged(
        UUID organization,
        UUID webhook,
        String sealedUrl,
        String types,
        String sealedDescription,
        @Nullable UUID account)
        implements WebhookEvent {}
