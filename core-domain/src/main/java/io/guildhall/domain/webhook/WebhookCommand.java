package io.guildhall.domain.webhook;

import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about a webhook. The organization decides. */
public sealed interface WebhookCommand {

    UUID organization();

    /**
     * Silence when it is created already.
     *
     * @param url that it is an address which can be sent to is known to whoever sends the command
     * @param types of activities, such as {@code organization_member} or {@code organization_member.joined}; none is every type
     */
    record CreateWebhook(
            @RoutingKey UUID organization, UUID webhook, String url, List<String> types, String description)
            implements WebhookCommand {}

    /**
     * Changes a webhook; what is null stays.
     *
     * @param enabled whether messages are sent; one that is enabled again goes on where it stopped
     */
    record ChangeWebhook(
            @RoutingKey UUID organization,
            UUID webhook,
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable String description,
            @Nullable Boolean enabled)
            implements WebhookCommand {}

    /** {@code secret} is the new one's id: the secret itself is no concern of the domain. Silence when it is the current one. */
    record RotateWebhookSecret(@RoutingKey UUID organization, UUID webhook, UUID secret) implements WebhookCommand {}

    /** Silence when it is disabled. {@code reason} as in the event. */
    record DisableWebhook(@RoutingKey UUID organization, UUID webhook, String reason) implements WebhookCommand {}

    /** Silence when it was deleted. */
    record DeleteWebhook(@RoutingKey UUID organization, UUID webhook) implements WebhookCommand {}
}
