package io.guildhall.domain.webhook;

import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Silence when it is created already.
 *
 * @param url that it is an address which can be sent to is known to whoever sends the command
 * @param types of activities, such as {@code organization_member} or {@code organization_member.joined}; none is every type
 */
public record CreateWebhook(
        @RoutingKey UUID organization, UUID webhook, String url, List<String> types, String description) {}
