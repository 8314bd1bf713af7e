package io.guildhall.domain.token;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** What is null stays. */
public record DescribeToken(
        @RoutingKey UUID organization,
        UUID token,
        @Nullable String name,
        @Nullable String description) {}
