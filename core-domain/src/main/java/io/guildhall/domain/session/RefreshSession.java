package io.guildhall.domain.session;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Replaces a session by one with a later expiry and the same organization. */
public record RefreshSession(@RoutingKey UUID account, UUID session, NewSession replacement) {}
