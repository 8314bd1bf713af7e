package io.guildhall.domain.webhook.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sending goes on where it ended.
 *
 * @param account the member who enabled it, and answers for it from now on
 */
public record WebhookEnabled(
        UUID organization, UUID webhook, @Nullable UUID account) implements WebhookEvent {}
