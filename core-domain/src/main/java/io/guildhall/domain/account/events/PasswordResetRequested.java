package io.guildhall.domain.account.events;

import java.time.Instant;
import java.util.UUID;

/** R3. {@code link} names the mailed link without being its secret. */
public record PasswordResetRequested(UUID account, UUID link, Instant expiresAt) implements AccountEvent {}
