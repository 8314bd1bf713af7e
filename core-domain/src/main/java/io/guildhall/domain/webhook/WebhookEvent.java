package io.guildhall.domain.webhook;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of one webhook; part of its organization's stream. Its secret is in none of them. */
public sealed interface WebhookEvent extends DomainEvent {

    UUID organization();

    @Override
    default UUID trail() {
        return organization();
    }

    UUID webhook();

    /**
     * A new webhook. The address may hold a secret in its query, and people write the description: both are encrypted under the
     * organization's key.
     *
     * @param types separated by spaces; none is every type
     * @param user the member who decided where the trail is sent. The webhook is disabled when this membership ends
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

    /** Another address, other types or another description: all values from now on, as in {@link WebhookCreated}. */
    @EventType("webhook.changed")
    record WebhookChanged(
            UUID organization,
            UUID webhook,
            String encryptedUrl,
            String types,
            String encryptedDescription,
            @Nullable UUID user)
            implements WebhookEvent {}

    /** There is a new secret, of this id; the one before goes on signing for a while. */
    @EventType("webhook.secret_rotated")
    record WebhookSecretRotated(UUID organization, UUID webhook, UUID secret) implements WebhookEvent {}

    /**
     * Nothing is sent any more.
     *
     * @param reason REQUESTED by a member, GONE or FAILING because of the receiver, or MEMBERSHIP_ENDED: the member who decided where the
     *     trail is sent is a member no more
     */
    @EventType("webhook.disabled")
    record WebhookDisabled(UUID organization, UUID webhook, String reason) implements WebhookEvent {}

    /**
     * Sending goes on where it ended.
     *
     * @param user the member who enabled it, and answers for it from now on
     */
    @EventType("webhook.enabled")
    record WebhookEnabled(
            UUID organization, UUID webhook, @Nullable UUID user) implements WebhookEvent {}

    /** For good. */
    @EventType("webhook.deleted")
    record WebhookDeleted(UUID organization, UUID webhook) implements WebhookEvent {}
}
