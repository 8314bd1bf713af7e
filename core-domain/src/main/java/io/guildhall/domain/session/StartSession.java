package io.guildhall.domain.session;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** R3, R7. {@code password}: the one that was checked, null where the caller is signed in already; a session is refused when it has changed meanwhile. */
public record StartSession(
        @RoutingKey UUID account,
        NewSession session,
        @Nullable UUID organization,
        @Nullable UUID via,
        String cause,
        @Nullable UUID password) {}
