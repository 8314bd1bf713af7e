package io.guildhall.domain.token.events;

import java.util.UUID;

/** For good. {@code reason} is REVOKED or DEACTIVATION. */
public record TokenRevoked(UUID organization, UUID token, UUID account, String reason) implements TokenEvent {}
