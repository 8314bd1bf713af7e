package io.guildhall.domain.webhook;

import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about a webhook, handled by its organization. */
public sealed interface WebhookCommand {

    UUID organization();

    /**
     * Creates a webhook. Does nothing if it already exists.
     *
     * @param url the sender of the command has checked that it is a valid destination
     * @param types of activities, such as {@code organization_member} or {@code organization_member.joined}; empty for
     *     all
     */
    record CreateWebhook(
            @RoutingKey UUID organization, UUID webhook, String url, List<String> types, String description)
            implements WebhookCommand {}

    /**
     * Changes a webhook; null leaves a value unchanged.
     *
     * @param enabled whether messages are sent; a webhook that is enabled again resumes where it stopped
     */
    record ChangeWebhook(
            @RoutingKey UUID organization,
            UUID webhook,
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable String description,
            @Nullable Boolean enabled)
            implements WebhookCommand {}

    /**
     * Replaces the secret. Does nothing if it is the current one.
     *
     * @param secret the id of the new secret, whose value the domain does not know
     */
    record RotateWebhookSecret(@RoutingKey UUID organization, UUID webhook, UUID secret) implements WebhookCommand {}

    /**
     * Disables a webhook. Does nothing if it is already disabled.
     *
     * @param reason as in {@link WebhookEvent.WebhookDisabled}
     */
    record DisableWebhook(@RoutingKey UUID organization, UUID webhook, String reason) implements WebhookCommand {}

    /** Deletes a webhook. Does nothing if it is already deleted. */
    record DeleteWebhook(@RoutingKey UUID organization, UUID webhook) implements WebhookCommand {}
}
