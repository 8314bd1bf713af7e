package io.guildhall.domain.token.events;

import java.util.UUID;

/** For good. {@code reason} is REVOKED, PARENT_REVOKED (the token that made this one was revoked) or DEACTIVATION. */
public record TokenRevoked(UUID organization, UUID token, UUID account, String reason) implements TokenEvent {}
