package io.guildhall.domain.webhook;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of a webhook, in its organization's stream. Never contains the secret. */
public sealed interface WebhookEvent extends DomainEvent {

    UUID organization();

    @Override
    default UUID trail() {
        return organization();
    }

    UUID webhook();

    /**
     * A webhook was created. URL and description are encrypted with the organization's key: the URL may contain a
     * secret, and users write the description.
     *
     * @param types separated by spaces; empty for all
     * @param user the member who chose the destination; the webhook is disabled when that membership ends
     */
    @EventType("webhook.created")
    record WebhookCreated(
            UUID organization,
            UUID webhook,
            String encryptedUrl,
            String types,
            String encryptedDescription,
            @Nullable UUID user)
            implements WebhookEvent {}

    /** URL, types or description changed; contains all current values as in {@link WebhookCreated}. */
    @EventType("webhook.changed")
    record WebhookChanged(
            UUID organization,
            UUID webhook,
            String encryptedUrl,
            String types,
            String encryptedDescription,
            @Nullable UUID user)
            implements WebhookEvent {}

    /** The secret was replaced. The former one still signs for a limited time. */
    @EventType("webhook.secret_rotated")
    record WebhookSecretRotated(UUID organization, UUID webhook, UUID secret) implements WebhookEvent {}

    /**
     * Sending stopped.
     *
     * @param reason REQUESTED by a member, GONE or FAILING because of the receiver, or MEMBERSHIP_ENDED: the member who
     *     chose the destination is no longer a member
     */
    @EventType("webhook.disabled")
    record WebhookDisabled(UUID organization, UUID webhook, String reason) implements WebhookEvent {}

    /**
     * Sending resumed where it stopped.
     *
     * @param user the member who enabled it and is responsible from now on
     */
    @EventType("webhook.enabled")
    record WebhookEnabled(
            UUID organization, UUID webhook, @Nullable UUID user) implements WebhookEvent {}

    /** The webhook was deleted permanently. */
    @EventType("webhook.deleted")
    record WebhookDeleted(UUID organization, UUID webhook) implements WebhookEvent {}
}
