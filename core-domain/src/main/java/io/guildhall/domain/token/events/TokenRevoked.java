package io.guildhall.domain.token.events;

import java.util.UUID;

/**
 * For good.
 *
 * @param reason REVOKED, PARENT_REVOKED (the token that made this one was revoked), DEACTIVATION, or LIMIT (the organization has as
 *     many tokens as it can, and this one no longer worked)
 */
public record TokenRevoked(UUID organization, UUID token, UUID account, String reason) implements TokenEvent {}
