package io.guildhall.domain.session;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Replaces an interactive session by one with a later expiry, up to the end of its sign-in, and the same organization. */
public record RefreshSession(@RoutingKey UUID account, UUID session, NewSession replacement) {}
