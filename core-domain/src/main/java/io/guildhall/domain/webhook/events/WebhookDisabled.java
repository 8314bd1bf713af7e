package io.guildhall.domain.webhook.events;

import java.util.UUID;

/**
 * Nothing is sent any more.
 *
 * @param reason REQUESTED by a member, GONE or FAILING because of the receiver, or MEMBERSHIP_ENDED: the member who decided where the
 *     trail is sent is a member no more
 */
public record WebhookDisabled(UUID organization, UUID webhook, String reason) implements WebhookEvent {}
