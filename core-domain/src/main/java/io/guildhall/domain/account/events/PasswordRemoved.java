package io.guildhall.domain.account.events;

import java.time.Instant;
import java.util.UUID;

/**
 * The password no longer works: whoever set it did not follow the link that proved the e-mail address. That link sets another one
 * until it expires.
 */
public record PasswordRemoved(UUID account, UUID link, Instant expiresAt) implements AccountEvent {}
