package io.guildhall.domain.webhook;

import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** As {@link CreateWebhook}; what is null stays. */
public record ChangeWebhook(
        @RoutingKey UUID organization,
        UUID webhook,
        @Nullable String url,
        @Nullable List<String> types,
        @Nullable String description) {}
